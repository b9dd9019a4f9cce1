'use client'

import { usePathname } from 'next/navigation'
import { Alert } from '#components/ui/alert'
import { ButtonLink } from '#components/ui/button'
import { refusalWords, type Refusal } from './refusal-words.tsx'

/** A refusal right below the button that was pressed; where signing in helps, with the way there and back. */
export function RefusalNote({ refusal, variantId }: { refusal: Refusal; variantId?: string }) {
  const path = usePathname()
  const isForMembers = refusal.code === 'sign-in-for-more' || refusal.code === 'sign-in-required'
  const next = variantId ? `${path}?variant=${variantId}` : path
  return (
    <Alert
      tone="bad"
      action={
        isForMembers ? (
          <ButtonLink href={`/sign-in?next=${encodeURIComponent(next)}`} size="sm" variant="secondary">
            Sign in
          </ButtonLink>
        ) : null
      }
    >
      {refusalWords(refusal)}
    </Alert>
  )
}
