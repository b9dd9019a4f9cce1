import { db } from '#lib/db'
import { listDuties, type DutyRow } from './sql/duty.ts'
import { listTerms, readHolder, type TermRow } from './sql/lease.ts'

/** Who trades, who did before, and what became of the duties. */
export interface TraderState {
  /** Null while nobody does. */
  readonly current: { readonly epoch: number; readonly node: string; readonly expiresAt: Date } | null
  /** The latest turns, the current one first. */
  readonly terms: readonly TermRow[]
  readonly duties: readonly DutyRow[]
}

/** As every node sees it; the duties as they were told within the last seconds. */
export async function getTrader(most = 20): Promise<TraderState> {
  const [[current], terms, duties] = await Promise.all([
    db.run(readHolder()),
    db.run(listTerms(most)),
    db.run(listDuties()),
  ])
  return { current: current ?? null, terms, duties }
}
