'use client'

import { Laptop } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { signOut } from '#components/layout/sign-out'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { Day } from '#components/ui/moment'
import { toast } from '#components/ui/toaster'
import { call, createClient } from '#lib/api/client'
import type { DeviceView } from '#lib/auth/schema'

const api = createClient()

/** Where the member is signed in, and the buttons that end it. */
export function Sessions({ devices }: { devices: DeviceView[] }) {
  const router = useRouter()
  const [busy, setBusy] = useState<string | null>(null)

  async function end(sid: string) {
    setBusy(sid)
    const answer = await call(api.sessions[':sid'].$delete({ param: { sid } }))
    setBusy(null)
    if (!answer.ok) toast.error(answer.message)
    router.refresh()
  }

  return (
    <ul className="divide-y divide-line">
      {devices.map((device) => (
        <li key={device.sid} className="flex flex-wrap items-center gap-3 py-3">
          <Laptop aria-hidden className="size-5 shrink-0 text-muted" />
          <div className="min-w-0 grow">
            <p className="truncate font-medium">{deviceName(device.userAgent)}</p>
            <p className="text-sm text-muted">
              Since <Day at={device.createdAt} />
            </p>
          </div>
          {device.isCurrent ? <Badge tone="good">This device</Badge> : null}
          <Button
            variant="secondary"
            size="sm"
            busy={busy === device.sid}
            onClick={() => void (device.isCurrent ? signOut() : end(device.sid))}
          >
            Sign out
          </Button>
        </li>
      ))}
    </ul>
  )
}

/** The two words of a user agent that a person would recognise. */
function deviceName(userAgent: string): string {
  const browser = /(Firefox|Edg|Chrome|Safari)\//.exec(userAgent)?.[1]?.replace('Edg', 'Edge')
  const system = /(Windows|Mac OS X|Android|iPhone|iPad|Linux)/.exec(userAgent)?.[1]
  return [browser ?? 'A browser', system ? `on ${system}` : ''].join(' ').trim()
}
