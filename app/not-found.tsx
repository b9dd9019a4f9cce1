import { Compass } from 'lucide-react'
import type { Metadata } from 'next'
import { PageHeading } from '#components/layout/page-heading'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'

// Drawn for each request, with a nonce of its own.
export const dynamic = 'force-dynamic'

export const metadata: Metadata = { title: 'Not found' }

/** An address that leads nowhere. */
export default function NotFoundPage() {
  return (
    <div className="page py-10 sm:py-16">
      <PageHeading title="There is nothing at this address" />
      <EmptyState
        icon={Compass}
        title="This stall has moved, or never was"
        action={
          <>
            <ButtonLink href="/">To the market</ButtonLink>
            <ButtonLink href="/search" variant="secondary">
              See everything
            </ButtonLink>
          </>
        }
      >
        A seller may have taken the product down, or a letter of the address is wrong.
      </EmptyState>
    </div>
  )
}
