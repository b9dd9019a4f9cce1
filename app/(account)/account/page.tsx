import { KeyRound, Store } from 'lucide-react'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Sessions } from '#components/auth/sessions'
import { PageHeading } from '#components/layout/page-heading'
import { ButtonLink } from '#components/ui/button'
import { CardSection } from '#components/ui/card'
import { listDevices } from '#lib/auth/queries'
import { currentPrincipal } from '../../principal.ts'

export const metadata: Metadata = { title: 'Your account' }

export default async function AccountPage() {
  const { member } = await currentPrincipal()
  if (!member) redirect('/sign-in?next=/account')
  const devices = await listDevices(member)
  return (
    <div className="page max-w-3xl py-8">
      <PageHeading title="Your account" />
      <div className="grid gap-6">
        <CardSection title="You">
          <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
            <dt className="text-muted">Name</dt>
            <dd>{member.name}</dd>
            <dt className="text-muted">Handle</dt>
            <dd>{member.handle}</dd>
            <dt className="text-muted">E-mail</dt>
            <dd className="break-all">{member.email}</dd>
          </dl>
          <div className="mt-5 flex flex-wrap gap-3">
            <ButtonLink href="/orders" variant="secondary">
              Your orders
            </ButtonLink>
            <ButtonLink href="/sell" variant="secondary">
              <Store aria-hidden className="size-5" />
              {member.sellerId ? 'Your shop' : 'Open a shop'}
            </ButtonLink>
            <ButtonLink href="/account/tokens" variant="secondary">
              <KeyRound aria-hidden className="size-5" />
              Tokens for programs
            </ButtonLink>
          </div>
        </CardSection>
        <CardSection title="Where you are signed in">
          <Sessions devices={devices} />
        </CardSection>
      </div>
    </div>
  )
}
