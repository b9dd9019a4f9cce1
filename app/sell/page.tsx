import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { PageHeading } from '#components/layout/page-heading'
import { OpenShopForm } from '#components/sellers/open-shop-form'
import { Card } from '#components/ui/card'
import { currentPrincipal } from '../principal.ts'
import { Dashboard } from './dashboard.tsx'

export const metadata: Metadata = { title: 'Dashboard' }

export default async function SellPage() {
  const { member } = await currentPrincipal()
  if (!member) redirect('/sign-in?next=/sell')
  if (member.sellerId) return <Dashboard userId={member.userId} sellerId={member.sellerId} />
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeading title="Open your shop">
        It takes a minute, costs nothing, and you can change everything but the handle later. Add products one by one,
        or bring a whole shop over from a file.
      </PageHeading>
      <Card>
        <OpenShopForm />
      </Card>
    </div>
  )
}
