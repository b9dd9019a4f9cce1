import type { Metadata } from 'next'
import { stillCard } from '#lib/catalog/rules/still'
import { sellerTag } from '#lib/pages/rules'
import { FIRST_PAGE } from '../../list-address.ts'
import { shows, tagsOfList } from '../../shows.ts'
import { metadataOf, readShopList, ShopList } from './shop-list.tsx'

interface ShopPageProps {
  params: Promise<{ handle: string }>
}

// Kept for everyone until something on it is edited, and an hour at the most. Which there are is known when they are asked for.
export const dynamic = 'force-static'
export const revalidate = 3600
export const generateStaticParams = () => []

export async function generateMetadata({ params }: ShopPageProps): Promise<Metadata> {
  return metadataOf((await params).handle)
}

/** What a seller's stall has that is new. */
export default async function ShopPage({ params }: ShopPageProps) {
  const { shop, items, nextCursor } = await readShopList((await params).handle, FIRST_PAGE)
  await shows([sellerTag(shop.handle), ...tagsOfList(items)])
  return <ShopList shop={shop} items={items.map(stillCard)} nextCursor={nextCursor} address={FIRST_PAGE} />
}
