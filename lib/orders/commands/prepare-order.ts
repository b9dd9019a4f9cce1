import { lockCartForCheckout } from '#lib/cart/commands'
import { lineState } from '#lib/cart/rules'
import type { LineRow } from '#lib/cart/sql'
import { listSellable } from '#lib/catalog/sql'
import { sqlState, transaction, type Tx } from '#lib/db'
import { env } from '#lib/env'
import { newId, newOrderNumber } from '#lib/ids'
import { beginCheckout } from '#lib/inventory/commands/checkout'
import { CURRENCY, type Cents } from '#lib/money'
import { ok, refuse, type Result } from '#lib/result'
import type { OrderCode } from '../errors.ts'
import { chosenName } from '../payments/chosen.ts'
import type { ProviderName } from '../payments/provider.ts'
import { lastFour } from '../rules/card.ts'
import { isSameGoods, priceCart, splitBySeller, totalOf } from '../rules/lines.ts'
import type { OrderInput } from '../schema.ts'
import { listCommissionRules } from '../sql/commission.ts'
import { insertDraft, insertLines, insertSellerOrders } from '../sql/order.ts'
import type { PricedLine, StoredAnswer } from '../types.ts'
import { claimKey, inProgress } from './claim-key.ts'

export interface OrderRequest {
  readonly buyerId: string
  /** The buyer's own shop, from which nothing may be bought. */
  readonly sellerId: string | null
  readonly key: string
  readonly input: OrderInput
  /** Who it is paid through, where that is not the market's choice. */
  readonly provider?: ProviderName
}

/** An order to be paid. */
export interface Draft {
  readonly orderId: string
  readonly providerKey: string
  readonly amountCents: Cents
  readonly currency: string
}

/** A draft, or what the first request with this key was answered. */
export type Prepared = { readonly draft: Draft } | { readonly answer: StoredAnswer }

export const ORDER_ROUTE = 'POST /orders'

/**
 * PREPARE: one transaction that takes the key, prices the cart and turns its holds into the order's.
 * Guarantees: a refusal leaves nothing behind, not even the key; the card's number and cvc are not written anywhere.
 * Concurrency: the key's row comes first, so repeats meet on its unique index; then the cart's lock, then its holds. No stock lock.
 * Refuses: in-progress, key-reused, total-changed, and what `priceCart` does.
 */
export async function prepareOrder(request: OrderRequest): Promise<Result<Prepared, OrderCode>> {
  try {
    return await transaction((tx) => prepare(tx, request))
  } catch (error) {
    // 55P03: the key or the cart has been locked by another request for longer than we wait.
    if (sqlState(error) === '55P03') return inProgress()
    throw error
  }
}

async function prepare(tx: Tx, request: OrderRequest): Promise<Result<Prepared, OrderCode>> {
  const orderId = newId()
  const key = { userId: request.buyerId, route: ORDER_ROUTE, key: request.key }
  const claimed = await claimKey(tx, key, request.input, { orderId })
  if (!claimed.ok) return claimed
  if (claimed.value) return ok({ answer: claimed.value })
  const cart = await lockCartForCheckout(tx, request.buyerId)
  if (!cart) return refuse('empty-cart')
  const priced = await priceLines(tx, cart.lines, request.sellerId)
  if (!priced.ok) return priced
  const totalCents = totalOf(priced.value)
  if (totalCents !== BigInt(request.input.expectedTotalCents)) {
    return refuse('total-changed', { totalCents: totalCents.toString() })
  }
  const draft = { orderId, providerKey: `order:${orderId}`, amountCents: totalCents, currency: CURRENCY }
  writeDraft(tx, request, { ...cart, ...draft, sold: priced.value })
  const held = await beginCheckout(tx, { cartId: cart.cartId, orderId, deadlineMs: env().CHECKOUT_TTL_MS })
  // A line may fall due between the reading and here; the database's clock has the last word.
  return isSameGoods(priced.value, held)
    ? ok({ draft })
    : refuse('lines-lapsed', { lines: priced.value.length - held.length })
}

async function priceLines(
  tx: Tx,
  rows: readonly LineRow[],
  sellerId: string | null,
): Promise<Result<PricedLine[], OrderCode>> {
  const cart = rows.map((row) => ({ variantId: row.variantId, quantity: row.quantity, state: lineState(row, row.now) }))
  const [items, rules] = await Promise.all([
    listSellable(
      tx,
      cart.map((line) => line.variantId),
    ),
    tx.run(listCommissionRules()),
  ])
  return priceCart(cart, items, rules, sellerId)
}

function writeDraft(
  tx: Tx,
  { buyerId, input, provider }: OrderRequest,
  draft: Draft & { cartId: string; attempt: number; sold: readonly PricedLine[] },
): void {
  const parts = splitBySeller(draft.sold).map((part) => ({ ...part, id: newId() }))
  const lines = parts.flatMap((part) => part.lines.map((line) => ({ ...line, id: newId(), sellerOrderId: part.id })))
  tx.send(
    insertDraft({
      id: draft.orderId,
      number: newOrderNumber(),
      buyerId,
      cartId: draft.cartId,
      attempt: draft.attempt,
      currency: draft.currency,
      totalCents: draft.amountCents,
      address: input.address,
      deadlineMs: env().CHECKOUT_TTL_MS,
      provider: provider ?? chosenName(),
      providerKey: draft.providerKey,
      cardLast4: input.card ? lastFour(input.card.number) : null,
    }),
  )
  tx.send(insertSellerOrders(draft.orderId, parts))
  tx.send(insertLines(draft.orderId, lines))
}
