import type { Cents } from '#lib/money'
import { ok, refuse, type Result } from '#lib/result'
import type { OrderCode } from '../errors.ts'
import type { Destination, PlainLine, ShippingMethod } from '../types.ts'

/** The shop's ways of sending to a country, in the shop's order. */
export function methodsTo(methods: readonly ShippingMethod[], sellerId: string, country: string): ShippingMethod[] {
  return methods
    .filter((method) => method.sellerId === sellerId)
    .filter(({ countries }) => countries.length === 0 || countries.includes(country))
    .toSorted((left, right) => left.position - right.position)
}

/**
 * How a shop's part is sent: as the buyer chose, else the first way that goes there; null where the shop says nothing about
 * sending, which is free then.
 * Refuses: not-sent-there; shipping-gone when the buyer chose a way of this shop that there is not, or not to this country.
 */
export function chooseMethod(
  methods: readonly ShippingMethod[],
  sellerId: string,
  { country, methodIds }: Pick<Destination, 'country' | 'methodIds'>,
): Result<ShippingMethod | null, OrderCode> {
  const own = methods.filter((method) => method.sellerId === sellerId)
  if (own.length === 0) return ok(null)
  const open = methodsTo(own, sellerId, country)
  const [first] = open
  if (!first) return refuse('not-sent-there')
  if (!own.some((method) => methodIds.includes(method.id))) return ok(first)
  const chosen = open.find((method) => methodIds.includes(method.id))
  return chosen ? ok(chosen) : refuse('shipping-gone')
}

/**
 * What sending costs: a flat part and a part for each piece, or nothing when the goods cost `freeOverCents` or more.
 * Units: cents, without tax where that comes on top.
 */
export function costOf(
  method: ShippingMethod,
  goods: readonly Pick<PlainLine, 'unitPriceCents' | 'quantity'>[],
): Cents {
  const pieces = goods.reduce((sum, line) => sum + BigInt(line.quantity), 0n)
  const value = goods.reduce((sum, line) => sum + line.unitPriceCents * BigInt(line.quantity), 0n)
  if (method.freeOverCents !== null && value >= method.freeOverCents) return 0n
  return method.flatCents + method.perItemCents * pieces
}

/** The line of an order that sending is; none where it is free. */
export function shippingLines(method: ShippingMethod | null, goods: readonly PlainLine[]): PlainLine[] {
  const unitPriceCents = method ? costOf(method, goods) : 0n
  if (!method || unitPriceCents === 0n) return []
  const { sellerId, name: title } = method
  const nothing = { variantId: null, productId: null, categorySlug: null, optionValues: [], pictureId: null }
  return [{ kind: 'shipping', sellerId, title, unitPriceCents, quantity: 1, ...nothing }]
}
