import type { Cents } from '#lib/money'
import { ok, refuse, type Result } from '#lib/result'
import type { OrderCode } from '../errors.ts'
import type { CartLine, CommissionRule, PricedLine, SaleItem, SellerPart } from '../types.ts'
import { commissionOf, ruleFor } from './commission.ts'

/**
 * What a cart costs now, line by line, at the market's prices, and what the market keeps of each line.
 * Guarantees: every line of the cart is in the answer, or the cart is refused: nothing is left out silently.
 * Refuses: empty-cart, being-paid, lines-lapsed, not-for-sale, own-product (a shop that buys from itself would make up
 * its own sales and ratings).
 */
export function priceCart(
  cart: readonly CartLine[],
  items: readonly SaleItem[],
  rules: readonly CommissionRule[],
  buyersSellerId: string | null,
): Result<PricedLine[], OrderCode> {
  if (cart.length === 0) return refuse('empty-cart')
  if (cart.some((line) => line.state === 'checkout')) return refuse('being-paid')
  const lapsed = cart.filter((line) => line.state === 'lapsed').length
  if (lapsed > 0) return refuse('lines-lapsed', { lines: lapsed })
  const known = new Map(items.map((item) => [item.variantId, item]))
  const priced: PricedLine[] = []
  for (const line of cart) {
    const item = known.get(line.variantId)
    if (!item?.isPublished) return refuse('not-for-sale', { variantId: line.variantId, title: item?.title ?? null })
    if (item.sellerId === buyersSellerId) return refuse('own-product', { variantId: line.variantId, title: item.title })
    priced.push(priceLine(item, line.quantity, rules))
  }
  return ok(priced)
}

function priceLine(item: SaleItem, quantity: number, rules: readonly CommissionRule[]): PricedLine {
  const { variantId, productId, sellerId, title, optionValues, pictureId, priceCents } = item
  const totalCents = priceCents * BigInt(quantity)
  return {
    variantId,
    productId,
    sellerId,
    title,
    optionValues,
    pictureId,
    unitPriceCents: priceCents,
    quantity,
    totalCents,
    commissionCents: commissionOf(ruleFor(rules, item), totalCents),
  }
}

/** The exact sum. Units: cents. */
export function totalOf(parts: readonly { totalCents: Cents }[]): Cents {
  return parts.reduce((sum, part) => sum + part.totalCents, 0n)
}

/**
 * One part per seller, by seller id; lines keep their order.
 * Invariant: every line is in exactly one part, and the parts' totals and commissions sum to the lines' to the cent.
 */
export function splitBySeller(lines: readonly PricedLine[]): SellerPart[] {
  const groups = Map.groupBy(lines, (line) => line.sellerId)
  return [...groups.keys()].sort().map((sellerId) => {
    const own = groups.get(sellerId) ?? []
    const commissionCents = own.reduce((sum, line) => sum + line.commissionCents, 0n)
    return { sellerId, lines: own, totalCents: totalOf(own), commissionCents }
  })
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
