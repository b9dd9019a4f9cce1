'use client'

import { FileSpreadsheet } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { Alert } from '#components/ui/alert'
import { Button } from '#components/ui/button'
import { CardSection } from '#components/ui/card'
import { cn } from '#components/ui/cn'
import { call, createClient } from '#lib/api/client'
import type { ImportView } from '#lib/catalog/schema'
import { ImportReport } from './import-report.tsx'

const api = createClient()

/** A file comes in twice: first it is only read, and the seller sees what would become of it; then it is imported. */
export function ImportForm() {
  const router = useRouter()
  const [file, setFile] = useState<File | null>(null)
  const [report, setReport] = useState<ImportView | null>(null)
  const [busy, setBusy] = useState<'check' | 'import' | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)

  async function send(chosen: File, dryRun: boolean): Promise<ImportView | null> {
    setBusy(dryRun ? 'check' : 'import')
    setRefusal(null)
    const query = dryRun ? { dryRun: 'true' as const } : {}
    const answer = await call(api.imports.$post({ form: { file: chosen }, query }))
    setBusy(null)
    if (answer.ok) return answer.value
    setRefusal(answer.fields.file ?? answer.message)
    return null
  }

  async function check(chosen: File | undefined) {
    if (!chosen) return
    setFile(chosen)
    setReport(null)
    setReport(await send(chosen, true))
  }

  async function run() {
    const started = file ? await send(file, false) : null
    if (started?.id) router.push(`/sell/import/${started.id}`)
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <FileChoice file={file} isBusy={busy === 'check'} onFile={(chosen) => void check(chosen)} />
      {refusal ? (
        <Alert tone="bad" title="This file cannot be imported">
          {refusal}
        </Alert>
      ) : null}
      {report ? (
        <CardSection title="What would be imported">
          <ImportReport report={report} />
          <div className="mt-6 flex flex-wrap items-center gap-3">
            <Button size="lg" busy={busy === 'import'} disabled={report.products === 0} onClick={() => void run()}>
              Import {report.products === 1 ? '1 product' : `${report.products} products`}
            </Button>
            <p className="text-sm text-muted">They come in as drafts: nobody sees them until you publish.</p>
          </div>
        </CardSection>
      ) : null}
    </div>
  )
}

interface FileChoiceProps {
  file: File | null
  isBusy: boolean
  onFile: (file: File | undefined) => void
}

function FileChoice({ file, isBusy, onFile }: FileChoiceProps) {
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        onFile(event.dataTransfer.files[0])
      }}
      className={cn(
        'flex flex-col items-center gap-3 rounded-card border border-dashed border-line-strong/60 bg-surface px-6 py-10 text-center transition',
        isOver && 'border-accent bg-accent-soft',
      )}
    >
      <span className="grid size-14 place-items-center rounded-full bg-accent-soft text-accent-strong">
        <FileSpreadsheet aria-hidden className="size-7" strokeWidth={1.6} />
      </span>
      <p className="max-w-full font-semibold wrap-break-word">
        {file ? file.name : 'A CSV file of products, as Shopify exports it'}
      </p>
      <Button variant={file ? 'secondary' : 'primary'} busy={isBusy} onClick={() => input.current?.click()}>
        {file ? 'Choose another file' : 'Choose a file'}
      </Button>
      <p className="text-sm text-muted">It is only read at first. You see what would become of it, line by line.</p>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv"
        aria-label="CSV file"
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          onFile(event.target.files?.[0])
          event.target.value = ''
        }}
      />
    </div>
  )
}
