import type { Metadata } from 'next'
import { RulesEditor } from '#components/admin/rules-editor'
import { PageHeading } from '#components/layout/page-heading'
import { listCategories } from '#lib/catalog/queries'
import { getCommissionRules, getTaxRules } from '#lib/orders/queries/terms'
import { listCountries } from '#lib/sellers/rules/countries'
import { requireOperator } from '../operator.ts'

export const metadata: Metadata = { title: 'Rules' }

export default async function RulesPage() {
  await requireOperator('/admin/rules')
  const [commissions, taxes, categories] = await Promise.all([getCommissionRules(), getTaxRules(), listCategories()])
  return (
    <>
      <PageHeading title="Rules">
        What the market keeps of a sale, and what tax it collects. New checkouts go by them; what is ordered keeps what
        it was sold with.
      </PageHeading>
      <RulesEditor
        commissions={commissions}
        taxes={taxes}
        categories={categories.map(({ slug, name }) => ({ slug, name }))}
        countries={listCountries()}
      />
    </>
  )
}
