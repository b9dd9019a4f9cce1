import type { Tx } from '#lib/db'
import { env, isRealMoney } from '#lib/env'
import { newId, newOrderNumber } from '#lib/ids'
import { chosenName } from '../payments/chosen.ts'
import { lastFour } from '../rules/card.ts'
import { insertDrafts, insertLines, insertSellerOrders } from '../sql/order.ts'
import type { SellerPart } from '../types.ts'
import type { Draft, OrderRequest } from './prepare-order.ts'

/** A step of PREPARE: orders with their payments, seller orders and lines, sent without waiting for the answer. */
export function writeDrafts(
  tx: Tx,
  drafts: readonly (OrderRequest &
    Draft & { readonly cartId: string; readonly attempt: number; readonly parts: readonly SellerPart[] })[],
): void {
  const parts = drafts.flatMap(({ orderId, parts }) => parts.map((part) => ({ ...part, orderId, id: newId() })))
  const lines = parts.flatMap(({ id: sellerOrderId, orderId, lines }) =>
    lines.map((line) => ({ ...line, id: newId(), orderId, sellerOrderId })),
  )
  const rows = drafts.map(({ input, provider, ...draft }) => ({
    ...{ id: draft.orderId, number: newOrderNumber(), buyerId: draft.buyerId, cartId: draft.cartId },
    ...{ attempt: draft.attempt, currency: draft.currency, totalCents: draft.amountCents, address: input.address },
    ...{ provider: provider ?? chosenName(), providerKey: draft.providerKey },
    cardLast4: input.card ? lastFour(input.card.number) : null,
  }))
  tx.send(insertDrafts(rows, { deadlineMs: env().CHECKOUT_TTL_MS, isReal: isRealMoney() }))
  tx.send(insertSellerOrders(parts))
  tx.send(insertLines(lines))
}
