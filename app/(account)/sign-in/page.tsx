import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignInForm } from '#components/auth/sign-in-form'
import { PageHeading } from '#components/layout/page-heading'
import { Card } from '#components/ui/card'
import { currentPrincipal } from '../../principal.ts'
import { nextPage } from '../next-page.ts'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const next = nextPage((await searchParams).next)
  if ((await currentPrincipal()).member) redirect(next)
  return (
    <div className="page max-w-lg py-10">
      <PageHeading title="Sign in">Your cart comes along, with everything it holds.</PageHeading>
      <Card>
        <SignInForm next={next} />
      </Card>
    </div>
  )
}
