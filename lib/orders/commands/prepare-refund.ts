import { sqlState, transaction, type Tx } from '#lib/db'
import { newId } from '#lib/ids'
import { takeBack } from '#lib/inventory/commands/checkout'
import { post } from '#lib/ledger/commands'
import { ok, refuse, type Result } from '#lib/result'
import { SECOND_MS } from '#lib/time'
import { refundEntry } from '../rules/entries.ts'
import {
  applyRefund,
  isAllRefunded,
  planRefund,
  totalOfRefund,
  type RefundLine,
  type RefundWish,
} from '../rules/refund.ts'
import { statusOf, type Actor } from '../rules/states.ts'
import { insertRefund, writeRefunded, type OpenRefund } from '../sql/refund.ts'
import { writePart } from '../sql/seller-order.ts'
import type { StoredAnswer } from '../types.ts'
import { claimKey, inProgress } from './claim-key.ts'
import { actorIdOf, decide, lockPart, peekPart, record, tellBoth, type LockedPart, type MoveCode } from './move-on.ts'

export interface RefundRequest extends RefundWish {
  readonly sellerOrderId: string
  readonly actor: Actor
  /** Calling the whole seller order off, or only giving money back. */
  readonly action: 'cancel' | 'refund'
  readonly reason: string
  /** Null where nobody will repeat it: the clock. */
  readonly key: { readonly userId: string; readonly route: string; readonly key: string } | null
}

/** A refund to be paid, or what the first request with this key was answered. */
export type PreparedRefund = { readonly refund: OpenRefund } | { readonly answer: StoredAnswer }

/** So long nobody else asks the provider; then whoever prepared the refund is taken for dead. */
const RESUME_MS = 10 * SECOND_MS
const TRIES = 5

/**
 * PREPARE of a refund: one transaction that counts it on its lines, brings pieces back on the shelf, takes the money out of
 * escrow or from the seller, and leaves the refund pending for its provider.
 * Guarantees: never more than was paid, however many ask at once on however many nodes; a refusal leaves nothing behind, not
 * even the key.
 * Concurrency: key → stock → hold → seller order → account. What comes back is worked out before the seller order is locked,
 * because stock is locked first; were there a change in between all is done again.
 * Refuses: in-progress, key-reused, not-found, wrong-state, nothing-left, unknown-line, more-than-left.
 */
export async function prepareRefund(request: RefundRequest): Promise<Result<PreparedRefund, MoveCode>> {
  try {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const prepared = await transaction((tx) => prepare(tx, request))
      if (prepared.ok || prepared.refusal.code !== 'moved-meanwhile')
        return prepared as Result<PreparedRefund, MoveCode>
    }
    return inProgress()
  } catch (error) {
    // 55P03: the key or the seller order has been locked by another request for longer than we wait.
    if (sqlState(error) === '55P03') return inProgress()
    throw error
  }
}

async function prepare(tx: Tx, request: RefundRequest): Promise<Result<PreparedRefund, MoveCode | 'moved-meanwhile'>> {
  const { sellerOrderId, actor, key } = request
  const id = newId()
  if (key) {
    const { lines, isReturned, reason } = request
    const input = { sellerOrderId, lines, isReturned, reason }
    const claimed = await claimKey(tx, { key, input, subject: { refundId: id } })
    if (!claimed.ok) return claimed
    if (claimed.value) return ok({ answer: claimed.value })
  }
  const seen = await peekPart(tx, sellerOrderId, actor)
  if (!seen) return refuse('not-found')
  const wanted = plan(seen, request)
  if (!wanted.ok) return wanted
  await bringBack(tx, seen, request, wanted.value)
  const locked = await lockPart(tx, sellerOrderId, actor)
  if (!locked) return refuse('not-found')
  const planned = plan(locked, request)
  if (!planned.ok) return planned
  if (!isSameReturn(wanted.value, planned.value)) return refuse('moved-meanwhile')
  return ok({ refund: await write(tx, id, request, locked, planned.value) })
}

function plan(part: LockedPart, request: RefundRequest): Result<RefundLine[], MoveCode> {
  const allowed = decide(part, request.action, request.actor)
  return allowed.ok ? planRefund(part.lines, request) : allowed
}

async function bringBack(
  tx: Tx,
  { row }: LockedPart,
  { actor }: RefundRequest,
  lines: readonly RefundLine[],
): Promise<void> {
  const back = lines.filter((line) => line.returnedQuantity > 0)
  await takeBack(tx, {
    orderId: row.orderId,
    cartId: row.cartId,
    actorId: actorIdOf(actor),
    lines: back.flatMap(({ variantId, returnedQuantity: quantity }) => (variantId ? [{ variantId, quantity }] : [])),
  })
}

function isSameReturn(left: readonly RefundLine[], right: readonly RefundLine[]): boolean {
  const sum = (lines: readonly RefundLine[]) => lines.map((line) => `${line.variantId} ${line.returnedQuantity}`).join()
  return sum(left) === sum(right)
}

async function write(
  tx: Tx,
  id: string,
  { actor, action, reason }: RefundRequest,
  locked: LockedPart,
  lines: readonly RefundLine[],
): Promise<OpenRefund> {
  const { row } = locked
  const totalCents = totalOfRefund(lines)
  const refund = { id, sellerOrderId: row.id, totalCents, isSettled: row.settledAt !== null }
  await tx.run(insertRefund({ ...refund, by: actor.by, actorId: actorIdOf(actor), reason, resumeMs: RESUME_MS }, lines))
  const counted = applyRefund(locked.lines, lines, 1)
  await tx.run(writeRefunded(counted))
  const moved = {
    ...row,
    cancelledAt: action === 'cancel' ? locked.now : row.cancelledAt,
    isRefunded: isAllRefunded(counted),
    pendingRefunds: row.pendingRefunds + 1,
  }
  await tx.run(writePart(row.id, { ...moved, status: statusOf(moved) }))
  const about = { sellerOrderId: row.id, actor, note: reason }
  await record(tx, [{ ...about, what: action === 'cancel' ? 'cancelled' : 'refund_started' }])
  post(tx, [refundEntry(newId(), { ...row, ...refund, refundId: id, lines })])
  tx.afterCommit(() => tellBoth([row]))
  return { ...refund, currency: row.currency, provider: row.provider, chargeRef: row.chargeRef, tries: 1 }
}
