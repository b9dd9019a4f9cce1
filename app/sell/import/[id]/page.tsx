import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CreatedProducts } from '#components/catalog/import/created-products'
import { ImportProgress } from '#components/catalog/import/import-progress'
import { ImportReport } from '#components/catalog/import/import-report'
import { PageHeading } from '#components/layout/page-heading'
import { CardSection } from '#components/ui/card'
import { getImport } from '#lib/catalog/queries/imports'
import { isId } from '#lib/ids'
import { requireShop } from '../../shop.ts'

export const metadata: Metadata = { title: 'An import' }

export default async function ImportRunPage({ params }: PageProps<'/sell/import/[id]'>) {
  const { id } = await params
  const { sellerId } = await requireShop(`/sell/import/${id}`)
  const run = isId(id) ? await getImport(sellerId, id) : null
  if (!run) notFound()
  return (
    <div className="mx-auto max-w-4xl">
      <PageHeading title={run.fileName} crumbs={[{ href: '/sell/import', label: 'Import' }]} />
      <div className="grid gap-6">
        <ImportProgress key={run.status} id={id} sellerId={sellerId} run={run} />
        <CreatedProducts products={run.createdProducts} />
        <CardSection title="What became of the file">
          <ImportReport report={run} />
        </CardSection>
      </div>
    </div>
  )
}
