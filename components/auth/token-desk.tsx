'use client'

import { KeyRound } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Alert } from '#components/ui/alert'
import { Button } from '#components/ui/button'
import { CardSection } from '#components/ui/card'
import { CopyButton } from '#components/ui/copy-button'
import { EmptyState } from '#components/ui/empty-state'
import type { NewTokenView, TokenView } from '#lib/auth/schema'
import { NewTokenForm } from './new-token-form.tsx'
import { TokenRow } from './token-row.tsx'

interface TokenDeskProps {
  handle: string
  isOperator: boolean
  tokens: readonly TokenView[]
}

/** A member's tokens: making one, which is shown this once, and ending each. */
export function TokenDesk({ handle, isOperator, tokens }: TokenDeskProps) {
  const router = useRouter()
  const [made, setMade] = useState<NewTokenView | null>(null)

  function show(token: NewTokenView) {
    setMade(token)
    router.refresh()
  }

  return (
    <div className="grid gap-6">
      <CardSection title="Your tokens">
        {tokens.length === 0 ? (
          <EmptyState icon={KeyRound} title="No tokens yet">
            Programs that act for you have theirs listed here, with what each may do and when it was last used.
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {tokens.map((token) => (
              <TokenRow key={token.id} token={token} />
            ))}
          </ul>
        )}
      </CardSection>
      <CardSection title="Make a token">
        <NewTokenForm handle={handle} isOperator={isOperator} onMade={show} />
        {/* Below the button that was just pressed: at the head of the page it would be out of sight. */}
        {made ? <Shown token={made} onDone={() => setMade(null)} /> : null}
      </CardSection>
    </div>
  )
}

function Shown({ token, onDone }: { token: NewTokenView; onDone: () => void }) {
  return (
    <Alert tone="good" className="mt-5" title="Copy it now: it is shown this once and kept nowhere.">
      <p className="mt-2 rounded-control bg-surface px-3 py-2 font-mono text-sm break-all">{token.token}</p>
      <div className="mt-3 flex flex-wrap gap-3">
        <CopyButton text={token.token} label="Copy the token" />
        <Button variant="quiet" size="sm" onClick={onDone}>
          I have it
        </Button>
      </div>
    </Alert>
  )
}
