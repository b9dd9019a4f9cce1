import type { Cents } from '#lib/money'
import { ok, refuse, type Result } from '#lib/result'
import type { OrderCode } from '../errors.ts'
import type { CartLine, Destination, PlainLine, PricedLine, SaleItem, SellerPart, Terms } from '../types.ts'
import { commissionOf, ruleFor } from './commission.ts'
import { chooseMethod, shippingLines } from './shipping.ts'
import { taxLines, type TaxedLine } from './tax.ts'

/**
 * What a cart costs now, seller by seller: the goods at the market's prices, sending, tax, and what the market keeps.
 * Guarantees: every line of the cart is in exactly one part, or the cart is refused: nothing is left out silently. Parts come
 * by seller id, their totals and commissions are their lines' to the cent; lines keep their order, sending comes last.
 * Refuses: empty-cart, being-paid, lines-lapsed, not-for-sale, own-product (a shop that buys from itself would make up
 * its own sales and ratings), not-sent-there, shipping-gone.
 */
export function priceCart(cart: readonly CartLine[], terms: Terms, to: Destination): Result<SellerPart[], OrderCode> {
  const goods = priceGoods(cart, terms.items, to.ownSellerId)
  if (!goods.ok) return goods
  const taxes = terms.taxes.filter((rule) => rule.country === to.country)
  const bySeller = Map.groupBy(goods.value, (line) => line.sellerId)
  const parts: SellerPart[] = []
  for (const [sellerId, own] of [...bySeller].toSorted(([left], [right]) => (left < right ? -1 : 1))) {
    const method = chooseMethod(terms.methods, sellerId, to)
    if (!method.ok) return refuse(method.refusal.code, { sellerId, shop: shopName(terms, sellerId) })
    const plain = [...own, ...shippingLines(method.value, own)]
    const lines = taxLines(plain, taxes).map((line) => ({ ...line, commissionCents: feeOf(line, terms) }))
    const commissionCents = lines.reduce((sum, line) => sum + line.commissionCents, 0n)
    const shippingMethod = method.value?.name ?? null
    parts.push({ sellerId, lines, shippingMethod, totalCents: totalOf(lines), commissionCents })
  }
  return ok(parts)
}

function priceGoods(
  cart: readonly CartLine[],
  items: ReadonlyMap<string, SaleItem>,
  ownSellerId: string | null,
): Result<PlainLine[], OrderCode> {
  if (cart.length === 0) return refuse('empty-cart')
  if (cart.some((line) => line.state === 'checkout')) return refuse('being-paid')
  const lapsed = cart.filter((line) => line.state === 'lapsed').length
  if (lapsed > 0) return refuse('lines-lapsed', { lines: lapsed })
  const priced: PlainLine[] = []
  for (const line of cart) {
    const item = items.get(line.variantId)
    if (!item?.isPublished) return refuse('not-for-sale', { variantId: line.variantId, title: item?.title ?? null })
    if (item.sellerId === ownSellerId) return refuse('own-product', { variantId: line.variantId, title: item.title })
    const { variantId, productId, sellerId, categorySlug, title, optionValues, pictureId, priceCents } = item
    const copied = { variantId, productId, sellerId, categorySlug, title, optionValues, pictureId }
    priced.push({ kind: 'goods', ...copied, unitPriceCents: priceCents, quantity: line.quantity })
  }
  return ok(priced)
}

function shopName({ items }: Terms, sellerId: string): string | null {
  return [...items.values()].find((item) => item.sellerId === sellerId)?.sellerName ?? null
}

/** The market keeps its share of goods, without the tax in them; sending is the shop's. */
function feeOf(line: TaxedLine, { commissions }: Terms): Cents {
  return line.kind === 'goods' ? commissionOf(ruleFor(commissions, line), line.totalCents - line.taxCents) : 0n
}

/** The exact sum. Units: cents. */
export function totalOf(parts: readonly { totalCents: Cents }[]): Cents {
  return parts.reduce((sum, part) => sum + part.totalCents, 0n)
}

/** What of an order is pieces of somebody's stock. */
export function goodsOf(lines: readonly PricedLine[]): Extract<PricedLine, { kind: 'goods' }>[] {
  return lines.filter((line) => line.kind === 'goods')
}

/** Whether the pieces that were held, or taken, are the ones that were priced: same variants, same quantities. */
export function isSameGoods(
  left: readonly { variantId: string; quantity: number }[],
  right: readonly { variantId: string; quantity: number }[],
): boolean {
  const missing = new Map(left.map((line) => [line.variantId, line.quantity]))
  const isAll = right.every((line) => missing.get(line.variantId) === line.quantity && missing.delete(line.variantId))
  return isAll && missing.size === 0
}
