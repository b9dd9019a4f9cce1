import type { Metadata } from 'next'
import { Suspense } from 'react'
import { ProductGridSkeleton } from '#components/catalog/product-grid'
import { ProductList } from '#components/catalog/product-list'
import { SortLinks } from '#components/catalog/sort-links'
import { PageHeading } from '#components/layout/page-heading'
import { serverNow } from '#components/catalog/server-now'
import { listProducts } from '#lib/catalog/queries'
import { currentCard } from '#lib/catalog/rules/still'
import { listHref, readListAddress, sortLinks, type AddressParams, type ListAddress } from '../list-address.ts'

// Drawn for each request, with a nonce of its own.
export const dynamic = 'force-dynamic'

interface SearchPageProps {
  searchParams: Promise<AddressParams>
}

export async function generateMetadata({ searchParams }: SearchPageProps): Promise<Metadata> {
  const { query } = readListAddress(await searchParams)
  return { title: query ? `“${query}”` : 'Everything', robots: { index: false } }
}

/** What the market has for some words; without words everything, newest first. */
export default async function SearchPage({ searchParams }: SearchPageProps) {
  const address = readListAddress(await searchParams)
  const { query, sort, cursor } = address
  return (
    <div className="page py-8 sm:py-10">
      <PageHeading
        title={query ? <span className="wrap-anywhere">Results for “{query}”</span> : 'Everything in the market'}
        action={<SortLinks sorts={sortLinks('/search', query)} current={sort} />}
      />
      <Suspense key={`${query} ${sort} ${cursor}`} fallback={<ProductGridSkeleton />}>
        <Products address={address} />
      </Suspense>
    </div>
  )
}

async function Products({ address: { query, sort, cursor } }: { address: ListAddress }) {
  const { items, nextCursor } = await listProducts({ text: query || undefined, sort, cursor, limit: 24 })
  const now = serverNow()
  return (
    <ProductList
      items={items.map((item) => currentCard(item, now))}
      address={listHref('/search', { query, sort })}
      cursor={cursor}
      nextCursor={nextCursor}
      empty={
        query
          ? { title: `Nothing found for “${query}”`, text: 'Try fewer or other words, or look through the categories.' }
          : { title: 'The stalls are still empty', text: 'Nobody sells anything here yet.' }
      }
    />
  )
}
