import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHeading } from '#components/layout/page-heading'
import { ShopForm } from '#components/sellers/shop-form'
import { Card } from '#components/ui/card'
import { getOwnSeller } from '#lib/sellers/queries'
import { requireShop } from '../shop.ts'

export const metadata: Metadata = { title: 'Edit the shop' }

export default async function ShopPage() {
  const { userId } = await requireShop('/sell/shop')
  const shop = await getOwnSeller(userId)
  if (!shop) notFound()
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeading title="Edit the shop" crumbs={[{ href: '/sell', label: 'Dashboard' }]}>
        What buyers see at /shops/{shop.handle} and beside each of your products.
      </PageHeading>
      <Card>
        <ShopForm shop={shop} />
      </Card>
    </div>
  )
}
