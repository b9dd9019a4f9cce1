'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { useLiveEvents } from '#components/live/use-live-events'
import { Alert } from '#components/ui/alert'
import { Progress } from '#components/ui/progress'
import { call, createClient } from '#lib/api/client'
import type { ImportView } from '#lib/catalog/schema'

const api = createClient()

/** Events carry the progress; this is for those that were lost on the way. */
const ASK_EVERY_MS = 4_000

interface ImportProgressProps {
  id: string
  sellerId: string
  run: Pick<ImportView, 'status' | 'pictures' | 'picturesLeft'>
}

/** How far the pictures of an import are, live. When the last one is in, the page is read again. */
export function ImportProgress({ id, sellerId, run }: ImportProgressProps) {
  const router = useRouter()
  const [{ status, left }, setState] = useState({ status: run.status as string, left: run.picturesLeft })
  // While the file is being written the number still grows.
  const all = Math.max(run.pictures, left)
  const isRunning = status === 'running'

  useLiveEvents(`seller:${sellerId}`, (event) => {
    if (event.type === 'import' && event.importId === id) setState({ status: event.status, left: event.picturesLeft })
  })
  useEffect(() => {
    if (!isRunning) return
    const timer = setInterval(() => {
      void call(api.imports[':id'].$get({ param: { id: id } })).then((answer) => {
        if (answer.ok) setState({ status: answer.value.status, left: answer.value.picturesLeft })
      })
    }, ASK_EVERY_MS)
    return () => clearInterval(timer)
  }, [isRunning, id])
  useEffect(() => {
    if (!isRunning && run.status === 'running') router.refresh()
  }, [isRunning, run.status, router])

  if (!isRunning) return <Alert tone="good">The import is done.</Alert>
  const fetched = all - left
  return (
    <div className="grid gap-2 rounded-card border border-line bg-surface p-5 shadow-card">
      <p className="font-semibold" role="status">
        {left > 0 ? `Fetching pictures: ${left} to go` : 'Working on the file …'}
      </p>
      <Progress value={left > 0 ? fetched : undefined} max={all || 1} label="Fetching pictures" />
      <p className="text-sm text-muted">You may leave this page; the work goes on.</p>
    </div>
  )
}
