'use client'

import { KeyRound } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { Day, Moment } from '#components/ui/moment'
import { toast } from '#components/ui/toaster'
import { call, createClient } from '#lib/api/client'
import type { TokenView } from '#lib/auth/schema'

const api = createClient()

/** One token: what it is for, what it may do, when it was last used, and the button that ends it. */
export function TokenRow({ token }: { token: TokenView }) {
  const router = useRouter()
  const [busy, setBusy] = useState(false)

  async function revoke() {
    setBusy(true)
    const answer = await call(api.tokens[':id'].$delete({ param: { id: token.id } }))
    setBusy(false)
    if (answer.ok) toast.success(`“${token.name}” does not work any more.`)
    else toast.error(answer.message)
    router.refresh()
  }

  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-4">
      <KeyRound aria-hidden className="size-5 shrink-0 text-muted" />
      <div className="min-w-0 grow basis-64">
        <p className="font-medium break-words">{token.name}</p>
        <p className="text-sm text-muted">
          {token.lastUsedAt ? (
            <>
              Last used <Moment at={token.lastUsedAt} />
            </>
          ) : (
            'Never used'
          )}
          {', until '}
          <Day at={token.expiresAt} />
        </p>
        <p className="mt-1.5 flex flex-wrap gap-1.5">
          {token.scopes.map((scope) => (
            <Badge key={scope}>{scope}</Badge>
          ))}
        </p>
      </div>
      <Button
        variant="secondary"
        size="sm"
        className="max-sm:ml-9"
        busy={busy}
        aria-label={`Revoke ${token.name}`}
        onClick={() => void revoke()}
      >
        Revoke
      </Button>
    </li>
  )
}
