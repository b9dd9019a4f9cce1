import { db, transact, type Tx } from '#lib/db'
import { newId } from '#lib/ids'
import { post } from '#lib/ledger/commands'
import { log } from '#lib/log'
import type { Refund } from '../payments/provider.ts'
import { readState } from '../queries/progress.ts'
import { refundRefusedAnswer, stateAnswer } from '../rules/answer.ts'
import { refundEntry, refundFailedEntry, refundPaidEntry } from '../rules/entries.ts'
import { applyRefund, isAllRefunded } from '../rules/refund.ts'
import { statusOf } from '../rules/states.ts'
import {
  endRefund,
  noteRefundRef,
  readRefund,
  readRefundAnswer,
  readRefundLines,
  storeRefundAnswer,
  writeRefunded,
  type RefundRow,
} from '../sql/refund.ts'
import { writePart } from '../sql/seller-order.ts'
import type { StoredAnswer } from '../types.ts'
import { lockPart, record, tellBoth, type LockedPart } from './move-on.ts'

/** Nobody asked just now: whoever asked is in the refund itself. */
const CLOCK = { by: 'timer' } as const

/**
 * FINALIZE of a refund: makes it what its provider says, and stores what its request is answered.
 * Guarantees: done once, whoever comes, on any node and however often; everyone gets the same bytes. What the provider refuses
 * is undone: the money is where it was, the lines may be refunded again. Pieces that came back stay on the shelf, where they
 * may be sold by now, and a cancelled seller order stays cancelled.
 * Concurrency: seller order → refund → account.
 */
export async function finishRefund(refundId: string, outcome: Refund | { status: 'nothing' }): Promise<StoredAnswer> {
  const written = await transact(async (tx) => {
    const [refund] = await tx.run(readRefund(refundId))
    const locked = refund && (await lockPart(tx, refund.sellerOrderId, CLOCK))
    if (!locked) throw new Error(`There is no refund ${refundId}, or its order is not paid.`)
    if (outcome.status === 'pending') await tx.run(noteRefundRef(refundId, outcome.ref))
    else if (!(await end(tx, refund, locked, outcome))) return null
    const state = await readState(tx, refund.sellerOrderId)
    const answer = outcome.status === 'refused' ? refundRefusedAnswer(outcome.code) : stateAnswer(state)
    await tx.run(storeRefundAnswer(refundId, answer))
    tx.afterCommit(() => tellBoth([locked.row]))
    return answer
  })
  if (outcome.status === 'refused') log().error({ refundId, code: outcome.code }, 'refund refused by the provider')
  // The answer that stands: an earlier one, where there is any.
  const [answer = written] = await db.run(readRefundAnswer(refundId))
  return answer ?? stateAnswer(await stateOf(refundId))
}

/** Returns whether it was pending still. */
async function end(
  tx: Tx,
  refund: RefundRow,
  locked: LockedPart,
  outcome: Exclude<Refund, { status: 'pending' }> | { status: 'nothing' },
): Promise<boolean> {
  const failCode = outcome.status === 'refused' ? outcome.code : null
  const ref = outcome.status === 'refunded' ? outcome.ref : null
  const [ended] = await tx.run(endRefund(refund.id, { ref, failCode }))
  if (!ended) return false
  const { row } = locked
  const given = await tx.run(readRefundLines(refund.id))
  const lines = failCode ? applyRefund(locked.lines, given, -1) : locked.lines
  if (failCode) await tx.run(writeRefunded(lines))
  const moved = { ...row, isRefunded: isAllRefunded(lines), pendingRefunds: row.pendingRefunds - 1 }
  await tx.run(writePart(row.id, { ...moved, status: statusOf(moved) }))
  const what = failCode ? 'refund_failed' : 'refunded'
  await record(tx, [{ sellerOrderId: row.id, actor: CLOCK, what, note: failCode ?? '' }])
  const { currency } = row
  const begun = refundEntry(newId(), { ...refund, refundId: refund.id, sellerId: row.sellerId, currency, lines: given })
  post(tx, [
    failCode
      ? refundFailedEntry(newId(), begun)
      : refundPaidEntry(newId(), { ...refund, refundId: refund.id, currency }),
  ])
  return true
}

async function stateOf(refundId: string) {
  const [refund] = await db.run(readRefund(refundId))
  if (!refund) throw new Error(`There is no refund ${refundId}.`)
  return readState(db, refund.sellerOrderId)
}
