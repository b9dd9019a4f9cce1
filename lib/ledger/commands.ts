import type { Tx } from '#lib/db'
import { condense, sumOf } from './rules.ts'
import { openAccounts, writeEntries } from './sql.ts'
import type { Entry } from './types.ts'

/**
 * Writes entries in the caller's transaction, along with its COMMIT.
 * Guarantees: an entry is written once per kind and subject, sums to nothing, and brings the balances of sellers along; an
 * entry in which nothing moves is none.
 * Concurrency: a step that locks nothing but sellers' balances, by account: the last locks of a transaction.
 * Throws: when an entry does not sum to nothing, which is a bug of the caller. A second one fails the transaction.
 */
export function post(tx: Tx, entries: readonly Entry[]): void {
  const condensed = entries.map(condense).filter((entry) => entry.postings.length > 0)
  for (const entry of condensed) {
    if (sumOf(entry.postings) !== 0n)
      throw new Error(`The ${entry.kind} of ${entry.subjectId} does not sum to nothing.`)
  }
  const sellers = condensed.flatMap(({ currency, postings }) =>
    postings.flatMap(({ account }) => (account.kind === 'seller' ? [{ ownerId: account.ownerId, currency }] : [])),
  )
  if (sellers.length > 0)
    tx.send(
      openAccounts(
        sellers.map(({ ownerId }) => ownerId),
        sellers.map(({ currency }) => currency),
      ),
    )
  if (condensed.length > 0) tx.send(writeEntries(condensed))
}
