import { terminalColumns } from './fit.ts'
import { cut, pad, widthOf } from './text.ts'

interface Column<Row> {
  readonly name: string
  readonly of: (row: Row) => string
  /** Numbers stand to the right, so that their digits do. */
  readonly side?: 'left' | 'right'
  /** Gives way when the terminal is narrow; the others stay whole. */
  readonly isElastic?: boolean
}

const GAP = '  '
/** What an elastic column keeps at first, and where that is not enough. */
const LEAST = 12
const STUMP = 4

/**
 * Rows under their names, in columns that stand straight also with wide characters in them.
 * Guarantees: no line is wider than the terminal, as long as the columns that stay whole are not.
 */
export function tableOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[], most = terminalColumns()): string {
  const cells = rows.map((row) => columns.map((column) => column.of(row)))
  const widths = columns.map(({ name }, index) =>
    Math.max(widthOf(name), ...cells.map((line) => widthOf(line[index] ?? ''))),
  )
  const total = widths.reduce((sum, width) => sum + width, GAP.length * (columns.length - 1))
  let over = total - most
  const elastic = [...columns.keys()].filter((index) => columns[index]?.isElastic)
  // The first says what the row is: it gives way first, being the longest, and is the last to be nearly nothing.
  for (const { kept, order } of [
    { kept: LEAST, order: elastic },
    { kept: STUMP, order: elastic.toReversed() },
  ]) {
    for (const index of order) {
      const width = widths[index] ?? 0
      widths[index] = Math.max(Math.min(width, kept), width - Math.max(0, over))
      over -= width - widths[index]
    }
  }
  const lineOf = (line: readonly string[]) =>
    columns
      .map(({ side }, index) => pad(cut(line[index] ?? '', widths[index] ?? 0), widths[index] ?? 0, side))
      .join(GAP)
      .trimEnd()
  return [lineOf(columns.map(({ name }) => name)), ...cells.map(lineOf)].join('\n')
}
