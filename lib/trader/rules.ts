import { move } from '#lib/ledger/rules'
import type { AccountName, Entry, Posting } from '#lib/ledger/types'
import type { Cents } from '#lib/money'
import type { Duty, DutyRecord } from './types.ts'

/** The lease's times. Whoever stands still longer than `stepDownMs` stops by its own clock, before the lease runs out. */
export const TIMES = { ttlMs: 6_000, renewMs: 2_000, stepDownMs: 4_000, retryMs: 200, pollMs: 1_000 } as const

export type Times = { readonly [Key in keyof typeof TIMES]: number }

/** Where a node stands. Moments are of its own monotonic clock. */
export type Standing =
  | { readonly role: 'candidate'; readonly askAt: number }
  | {
      readonly role: 'trader'
      readonly epoch: number
      /** When the latest request that the database confirmed was sent: the lease runs from then at the earliest. */
      readonly confirmedAt: number
      readonly askAt: number
    }

export type Step =
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'stand' }
  | { readonly do: 'renew'; readonly epoch: number }
  | { readonly do: 'step-down' }

/**
 * What a node does next.
 * Invariant: a trader without a confirmed renewal for `stepDownMs` steps down, before it does anything else.
 */
export function nextStep(standing: Standing, now: number, times: Times = TIMES): Step {
  if (standing.role === 'trader' && !isTrading(standing, now, times)) return { do: 'step-down' }
  if (standing.askAt > now) return { do: 'wait', ms: standing.askAt - now }
  return standing.role === 'trader' ? { do: 'renew', epoch: standing.epoch } : { do: 'stand' }
}

/** Whether a node may act as the trader at this moment of its clock. */
export function isTrading(standing: Standing, now: number, times: Times = TIMES): boolean {
  return standing.role === 'trader' && now < standing.confirmedAt + times.stepDownMs
}

/** After a lease was given to this node or renewed by it, on a request that was sent at `sentAt`. */
export function confirmed(epoch: number, sentAt: number, times: Times = TIMES): Standing {
  return { role: 'trader', epoch, confirmedAt: sentAt, askAt: sentAt + times.renewMs }
}

/** After a request that nobody knows the outcome of. */
export function unheard(standing: Standing, now: number, times: Times = TIMES): Standing {
  return { ...standing, askAt: now + times.retryMs }
}

/** After hearing that somebody else's lease runs for so long still: looks again when it is over, or earlier. */
export function refused(remainingMs: number, now: number, times: Times = TIMES): Standing {
  // A lease of no more than a moment is asked for after that moment.
  return { role: 'candidate', askAt: now + Math.min(Math.max(remainingMs, 10), times.pollMs) }
}

/** How long a duty waits after so many failures in a row: half a second at first, at last its period or ten seconds. */
export function backOffMs(failing: number, periodMs: number): number {
  return Math.min(500 * 2 ** Math.min(failing - 1, 30), Math.max(periodMs, 10_000))
}

/** How long a duty rests: not at all while there is more to do, longer each time that it fails. */
export function restMs(
  duty: Pick<Duty, 'periodMs' | 'batch'>,
  record: Pick<DutyRecord, 'failing'>,
  done: number,
): number {
  if (record.failing > 0) return backOffMs(record.failing, duty.periodMs)
  return done >= duty.batch ? 0 : duty.periodMs
}

export function newRecord(name: string): DutyRecord {
  return {
    name,
    ranAt: null,
    succeededAt: null,
    lagMs: 0,
    tookMs: 0,
    runs: 0,
    done: 0,
    failures: 0,
    failing: 0,
    lastError: null,
    failedAt: null,
  }
}

/** A duty's record after one more run; `failure` is what it threw, in words, null when it did not. */
export function recordRun(
  record: DutyRecord,
  run: { at: Date; lagMs: number; tookMs: number; done: number; failure: string | null },
): DutyRecord {
  const { at, failure } = run
  const next = {
    ...record,
    ranAt: at,
    lagMs: Math.round(run.lagMs),
    tookMs: Math.round(run.tookMs),
    runs: record.runs + 1,
    done: record.done + run.done,
  }
  if (failure === null) return { ...next, succeededAt: at, failing: 0 }
  return { ...next, failures: record.failures + 1, failing: record.failing + 1, lastError: failure, failedAt: at }
}

/** A seller's balance that is on its way out. Units: cents. */
export interface PayoutShare {
  readonly id: string
  readonly sellerId: string
  readonly amountCents: Cents
  readonly currency: string
}

/** The balance is on its way: no longer the seller's to spend, not yet with the seller. */
export function payoutEntry(id: string, { sellerId, ...payout }: PayoutShare): Entry {
  return entryOf(id, 'payout', payout, { kind: 'seller', ownerId: sellerId }, PAYING_OUT)
}

/** The provider has paid it. */
export function payoutPaidEntry(id: string, payout: PayoutShare): Entry {
  return entryOf(id, 'payout_paid', payout, PAYING_OUT, { kind: 'cash' })
}

/** The provider would not: it is the seller's again. */
export function payoutFailedEntry(id: string, { sellerId, ...payout }: PayoutShare): Entry {
  return entryOf(id, 'payout_failed', payout, PAYING_OUT, { kind: 'seller', ownerId: sellerId })
}

const PAYING_OUT = { kind: 'paying_out' } as const

/** What is on its way is known by its payout; a seller's balance is many lines', so its postings have no source. */
function entryOf(
  id: string,
  kind: Entry['kind'],
  payout: Omit<PayoutShare, 'sellerId'>,
  from: AccountName,
  to: AccountName,
): Entry {
  const { id: subjectId, currency, amountCents } = payout
  const postings = move(from, to, amountCents, subjectId)
  const isSellers = ({ account }: Posting) => account.kind === 'seller'
  const sourced = postings.map((posting) => (isSellers(posting) ? { ...posting, sourceId: null } : posting))
  return { id, kind, subjectId, currency, postings: sourced }
}
