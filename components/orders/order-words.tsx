import type { SellerOrderView } from '#lib/orders/schema'
import { isRefundStuck } from './refund-items.tsx'

/** Who reads: the same fact is "you" to one and "the shop" to the others. */
export type Reader = 'buyer' | 'seller' | 'market'

type Part = Pick<SellerOrderView, 'status' | 'carrier' | 'trackingNumber' | 'refunds' | 'lines' | 'shipping'>
type Event = SellerOrderView['events'][number]

/** How a seller order stands, in a sentence for its buyer. */
export function statusWords(part: Part): string {
  switch (part.status) {
    case 'placed':
      return 'Not paid yet.'
    case 'paid':
      return 'Paid. The shop is getting it ready.'
    case 'shipped':
      return `On its way${shipmentWords(part)}.`
    case 'delivered':
    case 'settled':
      return 'It has arrived.'
    case 'disputed':
      return 'You said that something is wrong. The shop gets no money for it until that is put right.'
    case 'cancelled':
      return `Called off. ${moneyBackWords(part)}`
    case 'refunded':
      return moneyBackWords(part)
  }
}

/** " with DHL, tracking 123", as far as it is known. */
export function shipmentWords({ carrier, trackingNumber }: Pick<Part, 'carrier' | 'trackingNumber'>): string {
  return `${carrier ? ` with ${carrier}` : ''}${trackingNumber ? `, tracking ${trackingNumber}` : ''}`
}

function moneyBackWords(part: Part): string {
  if (isRefundStuck(part)) return 'Your money could not be given back yet. The shop can try again.'
  const isOnItsWay = part.refunds.some((refund) => refund.status === 'pending')
  return isOnItsWay ? 'Your money is on its way back to you.' : 'Your money has been given back.'
}

/** What happened, told to one of both sides. `isAgain`: it had been sent before. */
export function eventWords({ what, by }: Pick<Event, 'what' | 'by'>, reader: Reader, isAgain = false): string {
  const who = moverWords(by, reader)
  switch (what) {
    case 'shipped':
      return isAgain ? `${who} changed how it is sent` : `${who} sent it`
    case 'delivered':
      return by === 'timer' ? 'It counts as delivered, as nobody said otherwise' : `${who} received it`
    case 'disputed':
      return `${who} said that something is wrong`
    case 'dispute_closed':
      return by === 'market' ? `${who} closed the complaint` : `${who} took the complaint back`
    case 'cancelled':
      return `${who} called it off`
    case 'settled':
      return reader === 'seller' ? 'Its money is yours' : 'The shop got its money'
    case 'refund_started':
      return `${who} started a refund`
    case 'refunded':
      return reader === 'buyer' ? 'You have the money back' : 'The buyer has the money back'
    case 'refund_failed':
      return 'The payment provider would not give the money back'
  }
}

/** Who did it. What no person did the market did. */
export function moverWords(by: Event['by'], reader: Reader): string {
  if (by === reader) return 'You'
  if (by === 'seller') return 'The shop'
  return by === 'buyer' ? 'The buyer' : 'The market'
}

/** What one wrote to the other with it; the note of a failure is for programs. */
export function noteOf({ what, note }: Pick<Event, 'what' | 'note'>): string {
  return what === 'refund_failed' ? '' : note
}

/** A text as it travels: in one line. Notes may have none of the breaks that a large field invites to. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
