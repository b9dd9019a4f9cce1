import type { Metadata } from 'next'
import { ProductForm } from '#components/catalog/edit/product-form'
import { PageHeading } from '#components/layout/page-heading'
import { listCategories } from '#lib/catalog/queries'
import { requireShop } from '../../shop.ts'

export const metadata: Metadata = { title: 'Add a product' }

export default async function NewProductPage() {
  await requireShop('/sell/products/new')
  const categories = await listCategories()
  return (
    <>
      <PageHeading title="Add a product" crumbs={[{ href: '/sell/products', label: 'Products' }]} />
      <ProductForm product={null} categories={categories} />
    </>
  )
}
