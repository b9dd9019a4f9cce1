import type { Cents } from '#lib/money'
import type { EntryKind } from '#prisma/enums'

/** A posting of a seller's account, and what the market and the taxman got of the same money by the same entry. Units: cents. */
export interface Posted {
  readonly entryId: string
  readonly number: number
  readonly kind: EntryKind
  readonly subjectId: string
  readonly sourceId: string | null
  readonly netCents: Cents
  readonly commissionCents: Cents
  readonly taxCents: Cents
}

/** What a payout was made of. */
export interface Trace {
  readonly amountCents: Cents
  /** Postings, or parts of them: their net sums to the amount, less what is missing. */
  readonly parts: readonly Posted[]
  /** What was paid out and never owed: nothing, or the ledger is wrong. */
  readonly missingCents: Cents
}

export interface Traces {
  readonly payouts: ReadonlyMap<string, Trace>
  /** What is not paid out. */
  readonly left: readonly Posted[]
}

/**
 * Which postings each payout of an account was made of, and which are not paid out yet. The postings come in the order of their
 * making, a payout behind those of its own moment.
 * Guarantees: no cent is in two payouts, unless the first of them failed; the parts of a payout sum to it, and all that is left
 * to the balance, or it says what is missing.
 * The rule is first in, first out: a payout takes what is not paid out yet. What it does not need stays behind from the newest
 * end, a posting in two parts if need be. A refund that was begun before the payout and written after it makes it too
 * little: then that refund is what stays behind, for the next payout. What a failed payout took is the oldest again.
 */
export function tracePayouts(postings: readonly Posted[]): Traces {
  const payouts = new Map<string, Trace>()
  let open: readonly Posted[] = []
  for (const posting of postings) {
    const failed = posting.kind === 'payout_failed' ? payouts.get(posting.subjectId) : undefined
    if (posting.kind === 'payout') {
      const amountCents = -posting.netCents
      const { taken, left, missingCents } = take(open, amountCents)
      payouts.set(posting.subjectId, { amountCents, parts: taken, missingCents })
      open = left
    } else if (failed && failed.amountCents === posting.netCents && failed.missingCents === 0n) {
      open = [...failed.parts, ...open]
    } else {
      open = [...open, posting]
    }
  }
  return { payouts, left: open }
}

/** Units: cents. */
export function netOf(postings: readonly Pick<Posted, 'netCents'>[]): Cents {
  return postings.reduce((sum, { netCents }) => sum + netCents, 0n)
}

function take(open: readonly Posted[], amountCents: Cents) {
  const taken: Posted[] = []
  const left: Posted[] = []
  let surplus = netOf(open) - amountCents
  for (const posting of open.toReversed()) {
    const stays = shareOfSurplus(posting.netCents, surplus)
    surplus -= stays
    const [kept, gone] = split(posting, stays)
    if (kept) left.push(kept)
    if (gone) taken.push(gone)
  }
  return { taken: taken.toReversed(), left: left.toReversed(), missingCents: -surplus }
}

/** What of a posting stays behind, so that the surplus goes towards nothing: only what has its sign. */
function shareOfSurplus(netCents: Cents, surplus: Cents): Cents {
  if (surplus > 0n) return netCents <= 0n ? 0n : netCents < surplus ? netCents : surplus
  return netCents >= 0n ? 0n : netCents > surplus ? netCents : surplus
}

/** A posting in two: `first` cents of it, and the rest, which gets the remainders of commission and tax. */
function split(posting: Posted, first: Cents): [Posted | null, Posted | null] {
  const { netCents, commissionCents, taxCents } = posting
  if (first === 0n) return [null, posting]
  if (first === netCents) return [posting, null]
  const part = {
    ...posting,
    netCents: first,
    commissionCents: (commissionCents * first) / netCents,
    taxCents: (taxCents * first) / netCents,
  }
  const rest = {
    ...posting,
    netCents: netCents - first,
    commissionCents: commissionCents - part.commissionCents,
    taxCents: taxCents - part.taxCents,
  }
  return [part, rest]
}
