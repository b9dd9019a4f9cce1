import { stringify } from 'csv-stringify/sync'
import { db } from '#lib/db'
import { CURRENCY } from '#lib/money'
import { getStatementPage, listPostingPages } from '#lib/ledger/queries/statement'
import {
  balanceCells,
  cellsOf,
  grossOf,
  spanOf,
  STATEMENT_COLUMNS,
  type DayRange,
  type StatementLine,
} from '../rules/statement.ts'
import type { StatementView } from '../schema/statement.ts'
import { readNamedLines, type NamedLine } from '../sql/statement.ts'

const FILE_PAGE = 1_000

type Posting = Awaited<ReturnType<typeof getStatementPage>>['rows'][number]

/** A page of what moved a shop's balance in these days, newest first, 50 at a time unless told otherwise, with the balance before and after them. */
export async function getStatement(
  sellerId: string,
  range: DayRange,
  { cursor, limit = 50 }: { cursor?: string | undefined; limit?: number } = {},
): Promise<StatementView> {
  const [entryId, number] = cursor?.split('.') ?? []
  const before = entryId ? { entryId, number: Number(number) } : undefined
  const page = await getStatementPage(sellerId, spanOf(range), before, limit)
  const names = await nameLines(page.rows)
  const items = page.rows.map((row) => {
    const line = lineOf(row, names)
    return {
      id: `${row.entryId}.${row.number}`,
      kind: row.kind,
      at: line.at.toISOString(),
      orderNumber: line.orderNumber,
      sellerOrderId: (row.sourceId && names.get(row.sourceId)?.sellerOrderId) || null,
      title: line.title,
      grossCents: grossOf(line).toString(),
      commissionCents: line.commissionCents.toString(),
      taxCents: line.taxCents.toString(),
      netCents: line.netCents.toString(),
      balanceCents: line.balanceCents.toString(),
      payoutId: line.payoutId,
    }
  })
  return {
    ...range,
    currency: CURRENCY,
    openingCents: page.openingCents.toString(),
    closingCents: page.closingCents.toString(),
    items,
    nextCursor: page.hasMore ? (items.at(-1)?.id ?? null) : null,
  }
}

/**
 * The same as the text of a CSV file (RFC 4180), oldest first, piece by piece: however long it is, no more than 1,000 rows are
 * in memory.
 * Guarantees: the first row is the opening balance, the last the closing one, and the nets between them are the difference.
 */
export async function* listStatementText(sellerId: string, range: DayRange): AsyncGenerator<string> {
  const span = spanOf(range)
  const { openingCents } = await getStatementPage(sellerId, span, undefined, 0)
  yield csv([[...STATEMENT_COLUMNS], balanceCells('opening', span.since, openingCents)])
  let balanceCents = openingCents
  for await (const rows of listPostingPages(sellerId, span, FILE_PAGE)) {
    const names = await nameLines(rows)
    yield csv(
      rows.map((row) => {
        balanceCents += row.netCents
        return cellsOf(lineOf({ ...row, balanceCents }, names))
      }),
    )
  }
  yield csv([balanceCells('closing', span.until, balanceCents)])
}

function csv(rows: readonly string[][]): string {
  return stringify([...rows], { record_delimiter: 'windows' })
}

/** The order lines that postings are about, by id. */
export async function nameLines(rows: readonly { sourceId: string | null }[]): Promise<Map<string, NamedLine>> {
  const ids = new Set(rows.flatMap(({ sourceId }) => (sourceId ? [sourceId] : [])))
  const lines = ids.size > 0 ? await db.run(readNamedLines([...ids])) : []
  return new Map(lines.map((line) => [line.id, line]))
}

/** "Mug, blue". */
export function titleOf({ title, optionValues }: Pick<NamedLine, 'title' | 'optionValues'>): string {
  return [title, ...optionValues].join(', ')
}

function lineOf(row: Posting, names: ReadonlyMap<string, NamedLine>): StatementLine {
  const named = row.sourceId ? names.get(row.sourceId) : undefined
  return {
    at: row.at,
    kind: row.kind,
    orderNumber: named?.orderNumber ?? null,
    title: named ? titleOf(named) : null,
    commissionCents: row.commissionCents,
    taxCents: row.taxCents,
    netCents: row.netCents,
    balanceCents: row.balanceCents,
    payoutId: row.kind.startsWith('payout') ? row.subjectId : null,
  }
}
