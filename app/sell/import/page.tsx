import type { Metadata } from 'next'
import { ImportForm } from '#components/catalog/import/import-form'
import { ImportList } from '#components/catalog/import/import-list'
import { PageHeading } from '#components/layout/page-heading'
import { listImports } from '#lib/catalog/queries/imports'
import { requireShop } from '../shop.ts'

export const metadata: Metadata = { title: 'Import' }

export default async function ImportPage() {
  const { sellerId } = await requireShop('/sell/import')
  const imports = await listImports(sellerId)
  return (
    <div className="mx-auto max-w-4xl">
      <PageHeading title="Import products">
        Bring a whole shop over: products, versions, prices, stock and pictures. Importing the same file again updates
        what it brought, and doubles nothing.
      </PageHeading>
      <div className="grid gap-6">
        <ImportForm />
        <ImportList imports={imports} />
      </div>
    </div>
  )
}
