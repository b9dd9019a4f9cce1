import { Alert } from './alert.tsx'
import { Button } from './button.tsx'

interface ChangedMeanwhileProps {
  /** What was changed: "product", "shop". */
  what: string
  /** Where it is shown as it is now. */
  href: string
  busy: boolean
  onKeep: () => void
}

/** What a form says when somebody else saved first: nothing typed is lost, and nothing of theirs is before it was looked at. */
export function ChangedMeanwhile({ what, href, busy, onKeep }: ChangedMeanwhileProps) {
  return (
    <Alert tone="warn" title={`Somebody changed this ${what} meanwhile.`}>
      <p>
        Nothing was saved, and all you typed is still here. Look at what it says now in another tab; then save yours
        over it, or carry over what you want to keep.
      </p>
      <div className="mt-3 flex flex-wrap gap-3">
        <a
          href={href}
          target="_blank"
          rel="noopener"
          className="inline-flex min-h-11 items-center font-semibold underline underline-offset-4"
        >
          Look at it as it is now
        </a>
        <Button variant="secondary" busy={busy} onClick={onKeep}>
          Save mine over it
        </Button>
      </div>
    </Alert>
  )
}
