'use client'

import { CloudAlert } from 'lucide-react'
import { PageHeading } from '#components/layout/page-heading'
import { Button, ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'

/** A page that broke. Says so, and offers to try again; what broke is in the server's log under `digest`. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="page py-10 sm:py-16">
      <PageHeading title="Something went wrong on our side" />
      <EmptyState
        icon={CloudAlert}
        title="This page could not be drawn"
        action={
          <>
            <Button onClick={reset}>Try again</Button>
            <ButtonLink href="/" variant="secondary">
              To the market
            </ButtonLink>
          </>
        }
      >
        Your cart and your orders are safe. {error.digest ? `If you write to us, name ${error.digest}.` : null}
      </EmptyState>
    </div>
  )
}
