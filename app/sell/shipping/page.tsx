import type { Metadata } from 'next'
import { PageHeading } from '#components/layout/page-heading'
import { ShippingForm } from '#components/sellers/shipping-form'
import { Card } from '#components/ui/card'
import { getShipping } from '#lib/sellers/queries'
import { listCountries } from '#lib/sellers/rules/countries'
import { requireShop } from '../shop.ts'

export const metadata: Metadata = { title: 'Shipping' }

export default async function ShippingPage() {
  const { sellerId } = await requireShop('/sell/shipping')
  const shipping = await getShipping(sellerId)
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeading title="Shipping" crumbs={[{ href: '/sell', label: 'Dashboard' }]}>
        How you send what you sell, and what you take for it. Buyers choose at the checkout; the first way that goes to
        their country is chosen for them.
      </PageHeading>
      <Card>
        <ShippingForm shipping={shipping} countries={listCountries()} />
      </Card>
    </div>
  )
}
