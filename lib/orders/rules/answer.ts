import { orderErrors } from '../errors.ts'
import type { OrderView } from '../schema.ts'
import type { Progress, SellerOrderStateView } from '../schema/progress.ts'
import type { Charge, OrderRow, StoredAnswer } from '../types.ts'
import { declineReason } from './card.ts'
import { costsOf } from './costs.ts'
import { NO_PROGRESS } from './progress.ts'

/** An order as its buyer sees it; nothing has become yet of seller orders whose progress is not given. */
export function orderViewOf(row: OrderRow, progress?: ReadonlyMap<string, Progress>): OrderView {
  return {
    number: row.number,
    status: row.status,
    createdAt: row.createdAt.toISOString(),
    paidAt: row.paidAt?.toISOString() ?? null,
    totalCents: row.totalCents.toString(),
    currency: row.currency,
    address: row.address,
    payment: row.payment,
    sellerOrders: row.sellerOrders.map(({ lines, shippingMethod, ...part }) => ({
      ...part,
      ...costsOf(lines, shippingMethod),
      ...(progress?.get(part.id) ?? NO_PROGRESS),
    })),
  }
}

/** The bytes a placed order is answered with, the first time and every time. */
export function placedAnswer(row: OrderRow): StoredAnswer {
  return { status: 201, body: JSON.stringify(orderViewOf(row)) }
}

/** The bytes a seller order that money moved for is answered with. */
export function stateAnswer(state: SellerOrderStateView): StoredAnswer {
  return { status: 200, body: JSON.stringify(state) }
}

/** The bytes of a refund that the provider refused: problem details, stored like any answer. */
export function refundRefusedAnswer(failCode: string): StoredAnswer {
  const { status, message } = orderErrors['refund-refused']
  const type = '/docs/errors#refund-refused'
  return {
    status,
    body: JSON.stringify({ type, title: message, status, code: 'refund-refused', detail: { failCode } }),
  }
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
