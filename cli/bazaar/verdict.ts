import { formatMoney } from '#lib/money'
import { comparePayouts, countStale, readOpen, readTotals, type Totals } from './books.ts'
import type { Tally } from './buyers.ts'
import { auditBooks } from '../runner/audit.ts'
import { counted } from '../runner/voice.ts'

/** What came of a bazaar: the figures of --json, by their names there. */
export type Figures = Readonly<Record<string, number | string | boolean>> & { readonly audit: 'clean' | 'breached' }

export interface Course {
  readonly before: Totals
  readonly firstEpoch: number
  readonly lastEpoch: number
  /** How long nobody traded after each fault. */
  readonly took: readonly number[]
  readonly tally: Tally
  /** Requests that a node left without an answer; each was repeated. */
  readonly failed: number
  /** Whether what was under way was waited for. */
  readonly wasWaitedFor: boolean
}

/**
 * Reads all of the books, once nothing writes any more.
 * Guarantees: `isSound` means that stock and money add up, that each payout is one transfer and each transfer a payout, and that
 * nothing was written after its turn.
 */
export async function judge(course: Course): Promise<{ isSound: boolean; figures: Figures; words: string[] }> {
  const [books, payouts, stale] = [await auditBooks(), await comparePayouts(), await countStale(course.firstEpoch - 1)]
  const open = await readOpen()
  // What was to be paid out and was waited for in vain is missing too.
  const missing = payouts.missing + (course.wasWaitedFor ? open.money : 0)
  const { breaches } = books
  const isSound = breaches + payouts.duplicates + missing + stale.written === 0
  const { before, took, tally } = course
  const now = await readTotals()
  const figures = {
    ...tally,
    sales: now.sales - before.sales,
    sales_cents: (now.salesCents - before.salesCents).toString(),
    commission_cents: (now.commissionCents - before.commissionCents).toString(),
    payouts: now.payouts - before.payouts,
    payouts_cents: (now.payoutsCents - before.payoutsCents).toString(),
    repeated_requests: course.failed,
    takeovers: took.length,
    takeover_p95_ms: quantile(took, 0.95),
    takeover_max_ms: quantile(took, 1),
    unasked_takeovers: Math.max(0, course.lastEpoch - course.firstEpoch - took.length),
    duplicate_payouts: payouts.duplicates,
    missing_payouts: missing,
    stale_writes: stale.written,
    stale_refused: stale.refused,
    orders_under_way: open.orders,
    breaches,
    audit: breaches === 0 ? ('clean' as const) : ('breached' as const),
  }
  return { isSound, figures, words: wordsOf(figures, books.words) }
}

/** The running sums of one line. */
export function totalsLine(now: Totals, before: Totals): string {
  const cents = (key: 'salesCents' | 'commissionCents' | 'payoutsCents') => formatMoney(now[key] - before[key])
  return (
    `${now.sales - before.sales} sales for ${cents('salesCents')}, commission ${cents('commissionCents')}, ` +
    `${now.payouts - before.payouts} payouts of ${cents('payoutsCents')}`
  )
}

function wordsOf(figures: Figures, audited: string): string[] {
  const mark = (isWell: boolean) => (isWell ? '✓' : '✗')
  const none = (name: string) => Number(figures[name]) === 0
  return [
    audited,
    `${mark(none('duplicate_payouts') && none('missing_payouts'))} ${figures.payouts} payouts, ` +
      `${figures.duplicate_payouts} paid twice, ${figures.missing_payouts} missing at the provider.`,
    `${mark(none('stale_writes'))} ${figures.stale_writes} writes after a turn was over, ${figures.stale_refused} kept out by the fence.`,
    ...(none('takeovers')
      ? []
      : [
          `${counted(Number(figures.takeovers), 'takeover')}: nobody traded for ${figures.takeover_max_ms} ms at most, ${figures.takeover_p95_ms} ms at p95.`,
        ]),
    ...(none('unasked_takeovers')
      ? []
      : [
          `${counted(Number(figures.unasked_takeovers), 'more takeover')}: a node was too busy to renew its lease in time.`,
        ]),
  ]
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  return Math.round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0)
}
