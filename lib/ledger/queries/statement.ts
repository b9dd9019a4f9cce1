import { db } from '#lib/db'
import { CURRENCY, type Cents } from '#lib/money'
import { listPostings, readStatement, sumEarningsByDay, type PostingKey, type StatementRow } from '../sql/statement.ts'

/** From when (inclusive) until when (exclusive). */
export interface Span {
  readonly since: Date
  readonly until: Date
}

export interface StatementPage {
  readonly openingCents: Cents
  readonly closingCents: Cents
  /** Newest first, each with the balance that it left. */
  readonly rows: readonly (StatementRow & { readonly balanceCents: Cents })[]
  readonly hasMore: boolean
}

/** Behind every posting, and before every posting. */
const LAST: PostingKey = { entryId: 'ffffffff-ffff-ffff-ffff-ffffffffffff', number: 0 }
const FIRST: PostingKey = { entryId: '00000000-0000-0000-0000-000000000000', number: 0 }

/**
 * A page of a seller's statement, newest first, before a posting of it.
 * Guarantees: the balances follow from one another to the cent, from page to page too, and the newest is the closing balance.
 */
export async function getStatementPage(
  sellerId: string,
  span: Span,
  before: PostingKey | undefined,
  most: number,
): Promise<StatementPage> {
  const found = await db.run(
    readStatement({ ownerId: sellerId, currency: CURRENCY, ...span }, before ?? LAST, most + 1),
  )
  const sums = found[0] ?? { openingCents: 0n, closingCents: 0n, carriedCents: 0n }
  const rows = found.filter((row): row is typeof row & StatementRow => row.entryId !== null)
  let balanceCents = sums.carriedCents
  const balanced = rows.slice(0, most).map((row) => {
    const after = balanceCents
    balanceCents -= row.netCents
    return { ...row, balanceCents: after }
  })
  const { openingCents, closingCents } = sums
  return { openingCents, closingCents, rows: balanced, hasMore: rows.length > most }
}

/** All postings of a span, oldest first, `most` at a time: never more of them are in memory. */
export async function* listPostingPages(sellerId: string, span: Span, most: number): AsyncGenerator<StatementRow[]> {
  for (let after: PostingKey | undefined = FIRST; after;) {
    const page: StatementRow[] = await db.run(
      listPostings({ ownerId: sellerId, currency: CURRENCY, ...span }, after, most),
    )
    if (page.length > 0) yield page
    after = page.length === most ? page.at(-1) : undefined
  }
}

/** What a seller earned on each of the last so many days, UTC by the database's clock; what is paid out is earned still. */
export function listEarnings(sellerId: string, days: number) {
  return db.run(sumEarningsByDay(sellerId, CURRENCY, days))
}
