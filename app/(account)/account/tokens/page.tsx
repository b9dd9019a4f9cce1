import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { TokenDesk } from '#components/auth/token-desk'
import { PageHeading } from '#components/layout/page-heading'
import { listTokens } from '#lib/auth/queries'
import { currentPrincipal } from '../../../principal.ts'

export const metadata: Metadata = { title: 'Tokens' }

export default async function TokensPage() {
  const { member } = await currentPrincipal()
  if (!member) redirect('/sign-in?next=/account/tokens')
  return (
    <div className="page max-w-3xl py-8">
      <PageHeading title="Tokens" crumbs={[{ href: '/account', label: 'Your account' }]}>
        A token is a key to your account for a program: a script, a till, the command line. It does what you choose, for
        as long as you choose, and can be revoked at any moment.
      </PageHeading>
      <TokenDesk
        handle={member.handle}
        isOperator={member.role === 'admin'}
        tokens={await listTokens({ userId: member.userId, tokenId: null })}
      />
    </div>
  )
}
