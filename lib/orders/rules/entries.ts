import { move } from '#lib/ledger/rules'
import type { Entry, Posting } from '#lib/ledger/types'
import type { Cents } from '#lib/money'

const CASH = { kind: 'cash' } as const
const ESCROW = { kind: 'escrow' } as const
const COMMISSION = { kind: 'commission' } as const
const TAX = { kind: 'tax' } as const
const REFUNDING = { kind: 'refunding' } as const

/** What of an order line is still to be shared out, and of that the market's and the taxman's: what was refunded is out. Units: cents. */
export interface LineShare {
  readonly lineId: string
  readonly amountCents: Cents
  readonly commissionCents: Cents
  readonly taxCents: Cents
}

/** A part of a seller order that money is moved for. */
export interface PartShare {
  readonly sellerOrderId: string
  readonly sellerId: string
  readonly currency: string
  readonly lines: readonly LineShare[]
}

/** A paid order: what the provider took in is nobody's yet, seller order by seller order. */
export function saleEntry(
  id: string,
  order: {
    readonly id: string
    readonly currency: string
    readonly parts: readonly { readonly id: string; readonly totalCents: Cents }[]
  },
): Entry {
  const total = order.parts.reduce((sum, part) => sum + part.totalCents, 0n)
  const escrow = order.parts.map((part) => ({ account: ESCROW, amountCents: part.totalCents, sourceId: part.id }))
  const postings = [{ account: CASH, amountCents: -total, sourceId: null }, ...escrow]
  return { id, kind: 'sale', subjectId: order.id, currency: order.currency, postings }
}

/** A seller order that is due: out of escrow to its seller, less commission and tax, line by line. */
export function settlementEntry(id: string, part: PartShare): Entry {
  const postings = [
    { account: ESCROW, amountCents: -sumOfLines(part.lines), sourceId: part.sellerOrderId },
    ...part.lines.flatMap((line) => earnings(part.sellerId, line)),
  ]
  return { id, kind: 'settlement', subjectId: part.sellerOrderId, currency: part.currency, postings }
}

/**
 * Money that goes back to a buyer and is on its way now. Before the settlement it comes out of escrow; after it from the seller
 * and the market, each what it got, also when the seller was paid out: then the balance is below nothing.
 */
export function refundEntry(id: string, refund: PartShare & { refundId: string; isSettled: boolean }): Entry {
  const total = sumOfLines(refund.lines)
  const back: Posting[] = refund.isSettled
    ? refund.lines.flatMap((line) => earnings(refund.sellerId, line).map(reverse))
    : [{ account: ESCROW, amountCents: -total, sourceId: refund.sellerOrderId }]
  const postings = [...back, { account: REFUNDING, amountCents: total, sourceId: refund.refundId }]
  return { id, kind: 'refund', subjectId: refund.refundId, currency: refund.currency, postings }
}

/** The provider has given the money back. */
export function refundPaidEntry(id: string, refund: { refundId: string; currency: string; totalCents: Cents }): Entry {
  const postings = move(REFUNDING, CASH, refund.totalCents, refund.refundId)
  return { id, kind: 'refund_paid', subjectId: refund.refundId, currency: refund.currency, postings }
}

/** The provider will not give it back: everything is as it was before. */
export function refundFailedEntry(id: string, refund: Entry): Entry {
  return { ...refund, id, kind: 'refund_failed', postings: refund.postings.map(reverse) }
}

function earnings(sellerId: string, { lineId, amountCents, commissionCents, taxCents }: LineShare): Posting[] {
  const seller = { kind: 'seller', ownerId: sellerId } as const
  return [
    { account: seller, amountCents: amountCents - commissionCents - taxCents, sourceId: lineId },
    { account: COMMISSION, amountCents: commissionCents, sourceId: lineId },
    { account: TAX, amountCents: taxCents, sourceId: lineId },
  ].filter((posting) => posting.amountCents !== 0n)
}

function reverse(posting: Posting): Posting {
  return { ...posting, amountCents: -posting.amountCents }
}

function sumOfLines(lines: readonly LineShare[]): Cents {
  return lines.reduce((sum, line) => sum + line.amountCents, 0n)
}
