import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ProductForm } from '#components/catalog/edit/product-form'
import { StatusBadge } from '#components/catalog/edit/status-badge'
import { PageHeading } from '#components/layout/page-heading'
import { getOwnProduct, listCategories } from '#lib/catalog/queries'
import { isId } from '#lib/ids'
import { requireShop } from '../../shop.ts'

export const metadata: Metadata = { title: 'Edit a product' }

export default async function EditProductPage({ params }: PageProps<'/sell/products/[id]'>) {
  const { id } = await params
  const { sellerId } = await requireShop(`/sell/products/${id}`)
  if (!isId(id)) notFound()
  const [product, categories] = await Promise.all([getOwnProduct(sellerId, id), listCategories()])
  if (!product) notFound()
  return (
    <>
      <PageHeading title={product.title} crumbs={[{ href: '/sell/products', label: 'Products' }]}>
        <StatusBadge status={product.status} />
      </PageHeading>
      <ProductForm key={product.id} product={product} categories={categories} />
    </>
  )
}
