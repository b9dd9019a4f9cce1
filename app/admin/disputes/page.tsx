import { Handshake } from 'lucide-react'
import type { Metadata } from 'next'
import { DisputeRow } from '#components/admin/dispute-row'
import { PageHeading } from '#components/layout/page-heading'
import { EmptyState } from '#components/ui/empty-state'
import { countDisputes, listDisputes } from '#lib/orders/queries/market'
import { requireOperator } from '../operator.ts'

export const metadata: Metadata = { title: 'Disputes' }

export default async function DisputesPage() {
  await requireOperator('/admin/disputes')
  const [count, disputes] = await Promise.all([countDisputes(), listDisputes()])
  return (
    <>
      <PageHeading title="Disputes">
        Open complaints, the longest waiting on top. The shop gets no money for them until they are put right: by the
        shop, by the buyer, or by you.
      </PageHeading>
      {disputes.length === 0 ? (
        <EmptyState icon={Handshake} title="No complaint is open">
          When a buyer says that something is wrong, it stands here.
        </EmptyState>
      ) : (
        <ul className="grid gap-4">
          {disputes.map((order) => (
            <DisputeRow key={order.id} order={order} />
          ))}
        </ul>
      )}
      {count > disputes.length ? (
        <p className="mt-6 text-muted">
          {count - disputes.length} more wait behind these {disputes.length}.
        </p>
      ) : null}
    </>
  )
}
