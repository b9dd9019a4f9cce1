import type { Cents } from '#lib/money'
import { ok, refuse, type Result } from '#lib/result'
import type { OrderCode } from '../errors.ts'
import { shareOf } from './commission.ts'

/** An order line, and what of it was refunded or is on its way. Units: pieces, cents. */
export interface SoldLine {
  readonly id: string
  /** Null of what is no piece of anybody's stock. */
  readonly variantId: string | null
  readonly quantity: number
  readonly totalCents: Cents
  readonly commissionCents: Cents
  readonly taxCents: Cents
  readonly refundedQuantity: number
  readonly refundedCents: Cents
  readonly refundedCommissionCents: Cents
  readonly refundedTaxCents: Cents
  readonly returnedQuantity: number
}

/** What of a line goes back to the buyer, and how many of the pieces back on the shelf. */
export interface RefundLine {
  readonly lineId: string
  readonly variantId: string | null
  readonly quantity: number
  readonly returnedQuantity: number
  readonly amountCents: Cents
  readonly commissionCents: Cents
  readonly taxCents: Cents
}

export interface RefundWish {
  /** Null: all that is left. */
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[] | null
  /** Whether the pieces are for sale again. */
  readonly isReturned: boolean
}

/**
 * What a refund gives back, line by line.
 * Guarantees: never more pieces or cents than are left, each line once, and pieces that came back before, with a refund that
 * failed later, do not come back again.
 * Refuses: nothing-left, unknown-line, more-than-left.
 */
export function planRefund(lines: readonly SoldLine[], wish: RefundWish): Result<RefundLine[], OrderCode> {
  const open = lines.filter((line) => leftOf(line) > 0)
  if (open.length === 0) return refuse('nothing-left')
  const wanted = wish.lines ?? open.map((line) => ({ lineId: line.id, quantity: leftOf(line) }))
  const known = new Map(lines.map((line) => [line.id, line]))
  const planned: RefundLine[] = []
  for (const { lineId, quantity } of wanted) {
    const line = known.get(lineId)
    if (!line) return refuse('unknown-line', { lineId })
    // Named twice it would be measured twice against what is left.
    known.delete(lineId)
    if (quantity > leftOf(line)) return refuse('more-than-left', { lineId, left: leftOf(line) })
    planned.push(takeOf(line, quantity, wish.isReturned))
  }
  return ok(planned)
}

/** Pieces of a line that are neither refunded nor on the way to it. */
export function leftOf(line: Pick<SoldLine, 'quantity' | 'refundedQuantity'>): number {
  return line.quantity - line.refundedQuantity
}

/**
 * What has to go so that as many pieces of a line more are refunded in proportion. Measured from what is gone and not from
 * before, because refunds may end in another order than they began, or fail: whatever is off by a cent then is put right by
 * the next.
 */
function takeOf(line: SoldLine, quantity: number, isReturned: boolean): RefundLine {
  const after = line.refundedQuantity + quantity
  const dueOf = (amountCents: Cents) => shareOf(amountCents, 0n, BigInt(after), BigInt(line.quantity))
  const taxCents = dueOf(line.taxCents)
  // Rounded with the tax, so that what is left to the seller is never less than nothing.
  const commissionCents = dueOf(line.commissionCents + line.taxCents) - taxCents
  return {
    lineId: line.id,
    variantId: line.variantId,
    quantity,
    returnedQuantity: isReturned && line.variantId ? atLeast(Math.min(quantity, after - line.returnedQuantity), 0) : 0,
    amountCents: atLeast(dueOf(line.totalCents) - line.refundedCents, 0n),
    commissionCents: atLeast(commissionCents - line.refundedCommissionCents, 0n),
    taxCents: atLeast(taxCents - line.refundedTaxCents, 0n),
  }
}

function atLeast<T extends number | bigint>(value: T, least: T): T {
  return value > least ? value : least
}

/** The lines as a refund leaves them; with `sign` -1 as they are when it failed: but what is on the shelf stays there. */
export function applyRefund(
  lines: readonly SoldLine[],
  refund: readonly Omit<RefundLine, 'variantId'>[],
  sign: 1 | -1,
): SoldLine[] {
  const parts = new Map(refund.map((part) => [part.lineId, part]))
  return lines.map((line) => {
    const part = parts.get(line.id)
    if (!part) return line
    return {
      ...line,
      refundedQuantity: line.refundedQuantity + sign * part.quantity,
      refundedCents: line.refundedCents + BigInt(sign) * part.amountCents,
      refundedCommissionCents: line.refundedCommissionCents + BigInt(sign) * part.commissionCents,
      refundedTaxCents: line.refundedTaxCents + BigInt(sign) * part.taxCents,
      returnedQuantity: line.returnedQuantity + (sign === 1 ? part.returnedQuantity : 0),
    }
  })
}

export function isAllRefunded(lines: readonly SoldLine[]): boolean {
  return lines.every((line) => leftOf(line) === 0)
}

export function totalOfRefund(lines: readonly Pick<RefundLine, 'amountCents'>[]): Cents {
  return lines.reduce((sum, line) => sum + line.amountCents, 0n)
}
