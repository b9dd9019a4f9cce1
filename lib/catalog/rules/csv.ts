import { CsvError, parse } from 'csv-parse/sync'
import { ok, refuse, type Result } from '#lib/result'

export const IMPORT_BYTES_MAX = 5 * 1024 * 1024
export const IMPORT_ROWS_MAX = 5_000

/** A row below the header: the line it begins on, and its cells by column. A cell that is missing is empty. */
export interface CsvRow {
  readonly line: number
  readonly cell: (column: string) => string
}

export interface CsvFile {
  readonly columns: readonly string[]
  readonly rows: readonly CsvRow[]
}

export type CsvRefusal =
  | 'import-too-large'
  | 'import-not-text'
  | 'import-broken'
  | 'import-no-header'
  | 'import-too-many-rows'
  | 'import-empty'

/**
 * Reads a CSV file whose first line names the columns: with or without a byte order mark, LF or CRLF, cells of several
 * lines, comma, semicolon or tab between them. Never throws.
 * Refuses as a whole: what is too large, no text, not well-formed, without the required columns, or empty.
 */
export function readCsv(bytes: Uint8Array, required: readonly string[]): Result<CsvFile, CsvRefusal> {
  if (bytes.length > IMPORT_BYTES_MAX) return refuse('import-too-large')
  const text = decode(bytes)
  if (text === null) return refuse('import-not-text')
  const parsed = parseRecords(text)
  if (!parsed.ok) return parsed
  const [header, ...records] = parsed.value
  if (!header) return refuse('import-empty')
  const columns = header.cells.map((name) => name.trim())
  const missing = required.filter((name) => !columns.some((column) => isSame(column, name)))
  if (missing.length > 0) return refuse('import-no-header', { missing: missing.join(', ') })
  if (records.length === 0) return refuse('import-empty')
  if (records.length > IMPORT_ROWS_MAX) return refuse('import-too-many-rows', { rows: records.length })
  const places = new Map(columns.map((name, index) => [name.toLowerCase(), index] as const).reverse())
  const rows = records.map(({ line, cells }) => ({
    line,
    cell: (column: string) => cells[places.get(column.toLowerCase()) ?? -1]?.trim() ?? '',
  }))
  return ok({ columns, rows })
}

/** With plain line ends: the parser counts \r\n inside a cell as two lines. */
function decode(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? null : text.replace(/\r\n?/g, '\n')
  } catch {
    return null
  }
}

interface RawRecord {
  readonly line: number
  readonly cells: readonly string[]
}

function parseRecords(text: string): Result<RawRecord[], 'import-broken'> {
  try {
    const records = parse(text, {
      bom: true,
      info: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      // 5" in a cell without quotes is an inch, not a fault.
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: 1024 * 1024,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    return ok(
      records
        .map(({ record, info }) => ({ cells: record, line: info.lines - countBreaks(record) }))
        .filter(({ cells }) => cells.some((cell) => cell.trim() !== '')),
    )
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const lines: unknown = error.lines
    return refuse('import-broken', typeof lines === 'number' ? { line: lines } : {})
  }
}

/** Whichever parts the first line into most pieces. */
function delimiterOf(text: string): string {
  const end = text.indexOf('\n')
  const first = end < 0 ? text : text.slice(0, end)
  const count = (sign: string) => first.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

/** The parser tells the line a record ends on; cells of several lines begin further up. */
function countBreaks(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)
}

function isSame(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase()
}
