'use client'

import { WifiOff } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { SECOND_MS } from '#lib/time'
import { readServerStatus, readStatus, subscribeToStatus } from './live-status.tsx'

/** Says when the numbers are not live, and how old they are. Lies over the page, so that nothing moves. */
export function OfflineBanner() {
  const status = useSyncExternalStore(subscribeToStatus, readStatus, readServerStatus)
  return (
    <div role="status" className="pointer-events-none fixed inset-x-4 bottom-4 z-40 flex justify-center">
      {status.mode === 'off' ? (
        <p className="flex animate-rise items-center gap-2 rounded-card border border-line bg-surface px-4 py-2 text-sm shadow-float">
          <WifiOff aria-hidden className="size-4 shrink-0 text-warn" />
          Live updates are off
          {/* The age would be read aloud each second. */}
          <span aria-hidden className="text-muted count">
            numbers are from <Age since={status.freshAt} /> ago
          </span>
        </p>
      ) : null}
    </div>
  )
}

function Age({ since }: { since: number }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.round((now - since) / SECOND_MS))
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`
}
