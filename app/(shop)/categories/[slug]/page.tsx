import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Suspense } from 'react'
import { CategoryNav } from '#components/catalog/category-nav'
import { ProductGridSkeleton } from '#components/catalog/product-grid'
import { ProductList } from '#components/catalog/product-list'
import { SortLinks } from '#components/catalog/sort-links'
import { PageHeading } from '#components/layout/page-heading'
import { listCategories, listProducts } from '#lib/catalog/queries'
import { listHref, readListAddress, sortLinks, type AddressParams, type ListAddress } from '../../list-address.ts'

interface CategoryPageProps {
  params: Promise<{ slug: string }>
  searchParams: Promise<AddressParams>
}

export async function generateMetadata({ params }: CategoryPageProps): Promise<Metadata> {
  const { category } = await requireCategory((await params).slug)
  return { title: category.name, description: `${category.name} from the shops of this market, with live stock.` }
}

/** The products of one category. */
export default async function CategoryPage({ params, searchParams }: CategoryPageProps) {
  const { category, categories } = await requireCategory((await params).slug)
  const address = readListAddress(await searchParams)
  const path = `/categories/${category.slug}`
  return (
    <div className="page py-6 sm:py-8">
      <CategoryNav categories={categories} current={category.slug} />
      <div className="mt-6 sm:mt-8">
        <PageHeading title={category.name} action={<SortLinks sorts={sortLinks(path)} current={address.sort} />} />
      </div>
      <Suspense key={`${address.sort} ${address.cursor}`} fallback={<ProductGridSkeleton />}>
        <Products slug={category.slug} name={category.name} path={path} address={address} />
      </Suspense>
    </div>
  )
}

async function Products({
  slug,
  name,
  path,
  address,
}: {
  slug: string
  name: string
  path: string
  address: ListAddress
}) {
  const { sort, cursor } = address
  const { items, nextCursor } = await listProducts({ category: slug, sort, cursor, limit: 24 })
  return (
    <ProductList
      items={items}
      address={listHref(path, { sort })}
      cursor={cursor}
      nextCursor={nextCursor}
      empty={{ title: `Nothing in ${name} yet`, text: 'Other stalls are full; this one waits for its first seller.' }}
    />
  )
}

async function requireCategory(slug: string) {
  const categories = await listCategories()
  const category = categories.find((each) => each.slug === slug)
  if (!category) notFound()
  return { category, categories }
}
