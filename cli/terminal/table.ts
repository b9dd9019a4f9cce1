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
const LEAST = 12

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
  columns.forEach(({ isElastic }, index) => {
    const width = widths[index] ?? 0
    if (!isElastic || over <= 0) return
    widths[index] = Math.max(Math.min(width, LEAST), width - over)
    over -= width - widths[index]
  })
  const lineOf = (line: readonly string[]) =>
    columns
      .map(({ side }, index) => pad(cut(line[index] ?? '', widths[index] ?? 0), widths[index] ?? 0, side))
      .join(GAP)
      .trimEnd()
  return [lineOf(columns.map(({ name }) => name)), ...cells.map(lineOf)].join('\n')
}
