import type { Metadata } from 'next'
import { TraderState } from '#components/admin/trader-state'
import { PageHeading } from '#components/layout/page-heading'
import { getTraderView } from '#lib/trader/queries/view'
import { requireOperator } from '../operator.ts'

export const metadata: Metadata = { title: 'Trader' }

export default async function TraderPage() {
  await requireOperator('/admin/trader')
  return (
    <>
      <PageHeading title="Trader">
        One node settles, pays out and goes on with what was interrupted; when it stops, another takes over. Everything
        here moves by itself.
      </PageHeading>
      <TraderState initial={await getTraderView()} />
    </>
  )
}
