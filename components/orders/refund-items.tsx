import { canMove } from '#lib/orders/rules/states'
import { planRefund, totalOfRefund } from '#lib/orders/rules/refund'
import type { OrderLineView, SellerOrderView } from '#lib/orders/schema'

/** Something of a seller order that can be paid back, and how many of it are left. Units: pieces, cents. */
export interface RefundItem {
  readonly id: string
  readonly name: string
  /** Undefined of what is no thing. */
  readonly pictureId: string | null | undefined
  readonly quantity: number
  readonly left: number
  readonly totalCents: bigint
  readonly refundedCents: bigint
}

export interface Chosen {
  readonly lineId: string
  readonly quantity: number
}

/** What was paid for: the pieces, and the sending where that was not free. */
interface Paid {
  readonly lines: readonly OrderLineView[]
  readonly shipping: Pick<SellerOrderView['shipping'], 'lineId' | 'totalCents' | 'refundedCents'>
}

export function refundItemsOf({ lines, shipping }: Paid): RefundItem[] {
  const goods = lines.map((line) => ({
    id: line.id,
    name: [line.title, ...line.optionValues].join(', '),
    pictureId: line.pictureId,
    quantity: line.quantity,
    left: line.quantity - line.refundedQuantity,
    totalCents: BigInt(line.totalCents),
    refundedCents: BigInt(line.refundedCents),
  }))
  if (shipping.lineId === null) return goods
  const [totalCents, refundedCents] = [BigInt(shipping.totalCents), BigInt(shipping.refundedCents)]
  const left = refundedCents < totalCents ? 1 : 0
  const sending = { name: 'Shipping', pictureId: undefined, quantity: 1, left, totalCents, refundedCents }
  return [...goods, { id: shipping.lineId, ...sending }]
}

/**
 * What refunding so many of each gives back now, by the very rule that the server decides by; what is not left gives nothing.
 * Units: cents.
 */
export function previewRefund(items: readonly RefundItem[], chosen: readonly Chosen[]): bigint {
  const sold = items.map((item) => ({
    id: item.id,
    variantId: item.id,
    quantity: item.quantity,
    totalCents: item.totalCents,
    refundedQuantity: item.quantity - item.left,
    refundedCents: item.refundedCents,
    // How the market and the tax office share in it does not change what the buyer gets.
    commissionCents: 0n,
    taxCents: 0n,
    refundedCommissionCents: 0n,
    refundedTaxCents: 0n,
    returnedQuantity: 0,
  }))
  const planned = planRefund(sold, { lines: chosen.filter((line) => line.quantity > 0), isReturned: false })
  return planned.ok ? totalOfRefund(planned.value) : 0n
}

/** All that is left. */
export function wholeOf(items: readonly RefundItem[]): Chosen[] {
  return items.flatMap(({ id, left }) => (left > 0 ? [{ lineId: id, quantity: left }] : []))
}

/** The pieces that are not refunded: when all is called off they go back on sale. */
export function piecesLeft(lines: readonly OrderLineView[]): number {
  return lines.reduce((sum, line) => sum + line.quantity - line.refundedQuantity, 0)
}

/** Whether something is left, and the shop may give it back. */
export function isRefundable(part: Paid & Pick<SellerOrderView, 'status'>): boolean {
  return canMove(part.status, 'refund', 'seller') && wholeOf(refundItemsOf(part)).length > 0
}

/** Whether it was called off and not all of it is back or on its way: the provider would not give it. */
export function isRefundStuck(part: Paid & Pick<SellerOrderView, 'status'>): boolean {
  return part.status === 'cancelled' && isRefundable(part)
}

/** Of one line, or with null of all, how many pieces and cents the buyer has back, and how many are on their way. */
export function repaidOf({ refunds }: Pick<SellerOrderView, 'refunds'>, lineId: string | null = null) {
  const sum = (status: 'paid' | 'pending') =>
    refunds
      .filter((refund) => refund.status === status)
      .flatMap((refund) => refund.lines)
      .filter((line) => lineId === null || line.lineId === lineId)
      .reduce(
        (all, line) => ({ quantity: all.quantity + line.quantity, cents: all.cents + BigInt(line.amountCents) }),
        {
          quantity: 0,
          cents: 0n,
        },
      )
  return { paid: sum('paid'), pending: sum('pending') }
}
