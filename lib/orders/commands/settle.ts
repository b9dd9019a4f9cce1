import { transact, type Tx } from '#lib/db'
import { env } from '#lib/env'
import { newId } from '#lib/ids'
import { post } from '#lib/ledger/commands'
import { settlementEntry } from '../rules/entries.ts'
import { claimDueParts, markSettled, readLines } from '../sql/seller-order.ts'
import { record, tellBoth } from './move-on.ts'

/**
 * A step of the trader's transaction: the money of seller orders that were delivered `windowMs` ago becomes the sellers', less
 * commission, tax and what was refunded.
 * Guarantees: once per seller order, by the ledger's unique key, whoever tries; none that is disputed or has a refund on its
 * way. Returns what was settled.
 * Concurrency: seller orders, skipping those that are moved on just now, then sellers' balances by account.
 */
export async function settle(
  tx: Tx,
  { limit, windowMs }: { readonly limit: number; readonly windowMs: number },
): Promise<readonly { id: string; sellerId: string }[]> {
  const due = await tx.run(claimDueParts(windowMs, limit))
  if (due.length === 0) return []
  const ids = due.map((part) => part.id)
  // After the lock, so that a refund that came just before it is seen.
  const lines = Map.groupBy(await tx.run(readLines(ids)), (line) => line.sellerOrderId)
  await tx.run(markSettled(ids))
  await record(
    tx,
    ids.map((sellerOrderId) => ({ sellerOrderId, actor: { by: 'timer' }, what: 'settled', note: '' })),
  )
  const entries = due.map(({ id, sellerId, currency }) => {
    const left = (lines.get(id) ?? []).map((line) => ({
      lineId: line.id,
      amountCents: line.totalCents - line.refundedCents,
      commissionCents: line.commissionCents - line.refundedCommissionCents,
      taxCents: line.taxCents - line.refundedTaxCents,
    }))
    return settlementEntry(newId(), { sellerOrderId: id, sellerId, currency, lines: left })
  })
  post(tx, entries)
  tx.afterCommit(() => tellBoth(due))
  return due
}

/** Settles up to `limit` seller orders whose buyers may not complain any more. Returns how many. */
export async function settleDue(limit: number, windowMs = env().DISPUTE_WINDOW_MS): Promise<number> {
  return (await transact((tx) => settle(tx, { limit, windowMs }))).length
}
