import type { Metadata } from 'next'
import { serverNow } from '#components/catalog/server-now'
import { currentCard } from '#lib/catalog/rules/still'
import { readListAddress, type AddressParams } from '../../../list-address.ts'
import { CategoryList, metadataOf, readCategoryList } from '../category-list.tsx'

interface ListPageProps {
  params: Promise<{ slug: string }>
  searchParams: Promise<AddressParams>
}

// Drawn for each request, with a nonce of its own: by price, or after the first page. Few come here, and it is right at once.
export const dynamic = 'force-dynamic'

export async function generateMetadata({ params }: ListPageProps): Promise<Metadata> {
  return metadataOf((await params).slug)
}

/** The products of one category in an order, from a place on. People know it as /categories/<slug>?sort=. */
export default async function CategoryListPage({ params, searchParams }: ListPageProps) {
  const address = readListAddress(await searchParams)
  const { items, ...list } = await readCategoryList((await params).slug, address)
  const now = serverNow()
  return <CategoryList list={list} items={items.map((item) => currentCard(item, now))} address={address} />
}
