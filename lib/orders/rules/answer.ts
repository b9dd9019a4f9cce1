import { orderErrors } from '../errors.ts'
import type { OrderView } from '../schema.ts'
import type { Charge, OrderRow, StoredAnswer } from '../types.ts'
import { declineReason } from './card.ts'

/** An order as its buyer sees it. */
export function orderViewOf(row: OrderRow): OrderView {
  return {
    number: row.number,
    status: row.status,
    createdAt: row.createdAt.toISOString(),
    paidAt: row.paidAt?.toISOString() ?? null,
    totalCents: row.totalCents.toString(),
    currency: row.currency,
    address: row.address,
    payment: row.payment,
    sellerOrders: row.sellerOrders,
  }
}

/** The bytes a placed order is answered with, the first time and every time. */
export function placedAnswer(row: OrderRow): StoredAnswer {
  return { status: 201, body: JSON.stringify(orderViewOf(row)) }
}

/** The bytes of a declined payment: problem details, stored like any answer, so that a new try needs a new key. */
export function declinedAnswer(charge: Charge & { status: 'declined' }): StoredAnswer {
  const { status, message } = orderErrors['payment-declined']
  const body = {
    type: '/docs/errors#payment-declined',
    title: message,
    status,
    code: 'payment-declined',
    detail: { declineCode: charge.code, reason: declineReason(charge.code) },
  }
  return { status, body: JSON.stringify(body) }
}
