import { db } from '#lib/db'
import { env } from '#lib/env'
import { isId } from '#lib/ids'
import { getBalance } from '#lib/ledger/queries'
import { listEarnings } from '#lib/ledger/queries/statement'
import { getBalanceTrace, getPayingOut, getPayoutTrace } from '#lib/ledger/queries/trace'
import { netOf, type Posted, type Trace } from '#lib/ledger/rules/trace'
import { CURRENCY } from '#lib/money'
import { grossOf } from '../rules/statement.ts'
import type { BalanceView, ExplanationView } from '../schema/balance.ts'
import { readEscrow, readSellerByHandle } from '../sql/balance.ts'
import { listUnevenLines, type NamedLine } from '../sql/statement.ts'
import { nameLines, titleOf } from './statement.ts'

const SHARES = 500

/** How a shop stands: what it could be paid now, what is still to come and when, what is on its way. */
export async function getShopBalance(sellerId: string): Promise<BalanceView> {
  const [available, onTheWay, [escrow]] = await Promise.all([
    getBalance(sellerId),
    getPayingOut(sellerId),
    db.run(readEscrow(sellerId, env().DISPUTE_WINDOW_MS)),
  ])
  return {
    currency: CURRENCY,
    availableCents: available.toString(),
    escrowCents: (escrow?.escrowCents ?? 0n).toString(),
    onTheWayCents: onTheWay.toString(),
    nextDueAt: escrow?.nextDueAt?.toISOString() ?? null,
    nextDueCents: escrow?.nextDueCents?.toString() ?? null,
  }
}

/** What a shop earned on each of the last 30 days, UTC: sales that became its own, less what was refunded of such. */
export async function listDailyEarnings(sellerId: string) {
  const daily = await listEarnings(sellerId, 30)
  return daily.map((day) => ({ ...day, totalCents: day.totalCents.toString() }))
}

/** A shop by its handle, for those who look after the market; null when there is none. */
export async function getShopByHandle(handle: string): Promise<{ id: string; name: string } | null> {
  const [shop] = await db.run(readSellerByHandle(handle))
  return shop ?? null
}

/**
 * Which order lines a payout was made of, 500 of them from the cursor on; null when there is no such payout, or it is another
 * shop's; with null for the shop, the asker may see all.
 * Guarantees: `isExplained` is true only when the shares sum to the payout, each belongs to an order line of the shop, and of
 * each of these lines the shop had what the order says.
 */
export async function explainPayout(
  payoutId: string,
  sellerId: string | null,
  cursor?: string,
): Promise<ExplanationView | null> {
  const trace = isId(payoutId) ? await getPayoutTrace(payoutId) : null
  if (!trace || (sellerId !== null && trace.sellerId !== sellerId)) return null
  return explain(trace, trace.sellerId, cursor)
}

/** The same of what a shop could be paid now. */
export async function explainBalance(sellerId: string, cursor?: string): Promise<ExplanationView> {
  return explain(await getBalanceTrace(sellerId), sellerId, cursor)
}

async function explain(trace: Trace, sellerId: string, cursor = '0'): Promise<ExplanationView> {
  const names = await nameLines(trace.parts)
  const uneven = names.size > 0 ? await db.run(listUnevenLines([...names.keys()])) : []
  const strays = trace.parts.filter(({ sourceId }) => !sourceId || names.get(sourceId)?.sellerId !== sellerId)
  const missing = trace.missingCents === 0n ? [] : [{ what: 'missing' as const, id: null, cents: trace.missingCents }]
  const faults = [
    ...missing,
    ...strays.map(({ entryId, netCents }) => ({ what: 'no-line' as const, id: entryId, cents: netCents })),
    ...uneven.map((line) => ({
      what: 'uneven-line' as const,
      id: line.id,
      cents: line.foundCents - line.expectedCents,
    })),
  ]
  const first = Number(cursor)
  const last = first + SHARES
  return {
    currency: CURRENCY,
    amountCents: trace.amountCents.toString(),
    shareCount: trace.parts.length,
    sharesCents: netOf(trace.parts).toString(),
    isExplained: faults.length === 0,
    faults: faults.slice(0, SHARES).map((fault) => ({ ...fault, cents: fault.cents.toString() })),
    shares: trace.parts.slice(first, last).map((part) => shareOf(part, names)),
    nextCursor: last < trace.parts.length ? String(last) : null,
  }
}

function shareOf(part: Posted, names: ReadonlyMap<string, NamedLine>): ExplanationView['shares'][number] {
  const line = part.sourceId ? names.get(part.sourceId) : undefined
  return {
    kind: part.kind,
    orderNumber: line?.orderNumber ?? null,
    lineId: line?.id ?? null,
    title: line ? titleOf(line) : null,
    amountCents: grossOf(part).toString(),
    commissionCents: part.commissionCents.toString(),
    taxCents: part.taxCents.toString(),
    netCents: part.netCents.toString(),
  }
}
