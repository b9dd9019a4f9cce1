import type { Metadata } from 'next'
import { serverNow } from '#components/catalog/server-now'
import { currentCard } from '#lib/catalog/rules/still'
import { readListAddress, type AddressParams } from '../../../list-address.ts'
import { metadataOf, readShopList, ShopList } from '../shop-list.tsx'

interface ListPageProps {
  params: Promise<{ handle: string }>
  searchParams: Promise<AddressParams>
}

// Drawn for each request, with a nonce of its own: by price, or after the first page. Few come here, and it is right at once.
export const dynamic = 'force-dynamic'

export async function generateMetadata({ params }: ListPageProps): Promise<Metadata> {
  return metadataOf((await params).handle)
}

/** A shop's products in an order, from a place on. People know it as /shops/<handle>?sort=. */
export default async function ShopListPage({ params, searchParams }: ListPageProps) {
  const address = readListAddress(await searchParams)
  const { shop, items, nextCursor } = await readShopList((await params).handle, address)
  const now = serverNow()
  const cards = items.map((item) => currentCard(item, now))
  return <ShopList shop={shop} items={cards} nextCursor={nextCursor} address={address} />
}
