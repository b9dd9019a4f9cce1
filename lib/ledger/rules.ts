import type { Cents } from '#lib/money'
import type { AccountName, Entry, Posting } from './types.ts'

/**
 * Money that moves from one account to another, for a source. Nothing moves as no posting at all.
 * Units: cents; below nothing it moves the other way.
 */
export function move(from: AccountName, to: AccountName, amountCents: Cents, sourceId: string | null): Posting[] {
  if (amountCents === 0n) return []
  return [
    { account: from, amountCents: -amountCents, sourceId },
    { account: to, amountCents, sourceId },
  ]
}

/**
 * The same entry with one posting per account and source.
 * Guarantees: sums stay what they were; what sums to nothing is left out.
 */
export function condense(entry: Entry): Entry {
  const groups = Map.groupBy(entry.postings, ({ account, sourceId }) => `${nameOf(account)} ${sourceId}`)
  const postings = [...groups.values()].flatMap(([first, ...rest]) => {
    const amountCents = rest.reduce((sum, posting) => sum + posting.amountCents, first?.amountCents ?? 0n)
    return first && amountCents !== 0n ? [{ ...first, amountCents }] : []
  })
  return { ...entry, postings }
}

/** What all postings come to: nothing, or it is no entry. Units: cents. */
export function sumOf(postings: readonly Posting[]): Cents {
  return postings.reduce((sum, posting) => sum + posting.amountCents, 0n)
}

export function nameOf(account: AccountName): string {
  return account.kind === 'seller' ? `seller ${account.ownerId}` : account.kind
}
