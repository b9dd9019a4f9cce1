import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignUpForm } from '#components/auth/sign-up-form'
import { PageHeading } from '#components/layout/page-heading'
import { Card } from '#components/ui/card'
import { currentPrincipal } from '../../principal.ts'
import { nextPage } from '../next-page.ts'

export const metadata: Metadata = { title: 'Create an account' }

export default async function SignUpPage({ searchParams }: PageProps<'/sign-up'>) {
  const next = nextPage((await searchParams).next)
  if ((await currentPrincipal()).member) redirect(next)
  return (
    <div className="page max-w-lg py-10">
      <PageHeading title="Create an account">To buy, and to sell whenever you like.</PageHeading>
      <Card>
        <SignUpForm next={next} />
      </Card>
    </div>
  )
}
