import { Alert } from '#components/ui/alert'
import { Badge } from '#components/ui/badge'
import { Table, Td, Th } from '#components/ui/table'
import type { ImportView } from '#lib/catalog/schema'

type Note = ImportView['notes'][number]

/** Worst first. */
const KINDS = [
  { kind: 'refused', tone: 'bad', title: 'Refused', meaning: 'could not be taken in' },
  { kind: 'warning', tone: 'warn', title: 'Warnings', meaning: 'came in, but look at it' },
  { kind: 'defaulted', tone: 'accent', title: 'Filled in', meaning: 'was empty or unknown; we chose for you' },
  { kind: 'taken', tone: 'good', title: 'Taken', meaning: 'came in as it is' },
] as const

/** What became, or would become, of a file: how much, and line by line what was not taken as it stands. */
export function ImportReport({ report }: { report: ImportView }) {
  const figures = [
    { term: report.products === 1 ? 'product' : 'products', count: report.products },
    { term: report.variants === 1 ? 'version' : 'versions', count: report.variants },
    { term: report.id === null ? 'pictures to fetch' : 'pictures on their way', count: report.picturesLeft },
  ]
  return (
    <div className="grid gap-5">
      <dl className="grid max-w-md grid-cols-3 gap-4">
        {figures
          .filter(({ count }, index) => count > 0 || index < 2)
          .map(({ term, count }) => (
            <div key={term} className="flex flex-col-reverse justify-end">
              <dt className="text-sm text-muted">{term}</dt>
              <dd className="font-display text-3xl font-semibold count">{count}</dd>
            </div>
          ))}
      </dl>
      {report.notes.length === 0 ? <Alert tone="good">Every line is taken as it stands.</Alert> : null}
      {KINDS.map(({ kind, ...words }) => (
        <Notes
          key={kind}
          {...words}
          isOpen={kind === 'refused'}
          notes={report.notes.filter((note) => note.kind === kind)}
        />
      ))}
    </div>
  )
}

interface NotesProps {
  tone: 'bad' | 'warn' | 'accent' | 'good'
  title: string
  meaning: string
  isOpen: boolean
  notes: readonly Note[]
}

function Notes({ tone, title, meaning, isOpen, notes }: NotesProps) {
  if (notes.length === 0) return null
  return (
    <details open={isOpen} className="group rounded-control border border-line">
      <summary className="flex min-h-12 list-none items-center gap-3 px-4 py-2 font-semibold">
        <Badge tone={tone} className="count">
          {notes.length}
        </Badge>
        {title}
        <span className="font-normal text-muted max-sm:sr-only">{meaning}</span>
        <span aria-hidden className="ml-auto text-muted transition group-open:rotate-90">
          ›
        </span>
      </summary>
      <div className="max-h-96 overflow-y-auto border-t border-line">
        <Table caption={`${title}, by line`} className="rounded-none border-0 shadow-none">
          <thead>
            <tr>
              <Th end>Line</Th>
              <Th>Column</Th>
              <Th>What happened</Th>
            </tr>
          </thead>
          <tbody>
            {notes.map((note, index) => (
              <tr key={index}>
                <Td end>{note.line}</Td>
                <Td className="whitespace-nowrap">{note.field}</Td>
                <Td className="min-w-56">{note.message}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
    </details>
  )
}
