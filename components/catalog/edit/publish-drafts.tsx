'use client'

import { useRouter } from 'next/navigation'
import { Alert } from '#components/ui/alert'
import { Button } from '#components/ui/button'
import { Progress } from '#components/ui/progress'
import { usePublishing } from './use-publishing.tsx'

/** Publishes every draft, one after the other, and says which ones would not. */
export function PublishDrafts({
  count,
  ids,
}: {
  count: number
  /** All drafts of the shop when left out. */ ids?: readonly string[]
}) {
  const router = useRouter()
  const { run, done, total, refused, isRunning } = usePublishing()

  return (
    <div className="mt-4 grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3 rounded-card bg-sunken px-4 py-3">
        <p>{count === 1 ? '1 draft is' : `${count} drafts are`} not published yet.</p>
        <Button variant="secondary" busy={isRunning} onClick={() => void run(ids).then(() => router.refresh())}>
          {count === 1 ? 'Publish it' : `Publish all ${count}`}
        </Button>
        {isRunning ? (
          <div className="grid w-full gap-1">
            <Progress value={done} max={total || undefined} label="Publishing" />
            <p className="text-sm text-muted count" role="status">
              {done} of {total || '…'}
            </p>
          </div>
        ) : null}
      </div>
      {refused.length > 0 ? (
        <Alert
          tone="warn"
          title={refused.length === 1 ? 'One was not published' : `${refused.length} were not published`}
        >
          <ul className="list-disc pl-5">
            {refused.slice(0, 10).map(({ title, message }) => (
              <li key={title}>
                {title}: {message}
              </li>
            ))}
          </ul>
        </Alert>
      ) : null}
    </div>
  )
}
