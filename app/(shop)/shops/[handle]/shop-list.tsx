import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { ProductList } from '#components/catalog/product-list'
import { SortLinks } from '#components/catalog/sort-links'
import { SearchHereLink } from '#components/search/search-here-link'
import { ShopRating } from '#components/reviews/rating-line'
import { ReviewSection } from '#components/reviews/review-section'
import { Avatar } from '#components/ui/avatar'
import { listProducts } from '#lib/catalog/queries'
import type { ShownCard } from '#lib/catalog/rules/still'
import { getSeller } from '#lib/sellers/queries'
import type { SellerView } from '#lib/sellers/schema'
import { listHref, sortLinks, type ListAddress } from '../../list-address.ts'

const PER_PAGE = 24

/** What stands in the head of a shop's pages. */
export async function metadataOf(handle: string): Promise<Metadata> {
  const shop = await requireShop(handle)
  return { title: shop.name, description: shop.about.slice(0, 200) || `What ${shop.name} sells.` }
}

/** A shop and its products, as an address asks for them. Answers with "not found" where there is no such shop. */
export async function readShopList(handle: string, { sort, cursor }: ListAddress) {
  const shop = await requireShop(handle)
  return { shop, ...(await listProducts({ sellerId: shop.id, sort, cursor, limit: PER_PAGE })) }
}

interface ShopListProps {
  shop: SellerView
  items: readonly ShownCard[]
  nextCursor: string | null
  address: ListAddress
}

/** One seller's stall: kept from its beginning, drawn per request in other orders and further on. */
export function ShopList({ shop, items, nextCursor, address }: ShopListProps) {
  const path = `/shops/${shop.handle}`
  return (
    <>
      <div className="border-b border-line bg-sunken/60">
        <div className="page flex flex-col gap-5 py-10 sm:flex-row sm:items-center sm:gap-7 sm:py-14">
          <Avatar name={shop.name} pictureId={shop.pictureId} size="lg" className="size-24 shadow-card sm:size-28" />
          <div className="min-w-0">
            <h1 className="font-display text-title font-semibold tracking-tight wrap-anywhere">{shop.name}</h1>
            {shop.about ? (
              <p className="mt-2 max-w-prose wrap-anywhere whitespace-pre-line text-muted">{shop.about}</p>
            ) : null}
            <p className="mt-2 text-sm text-muted">
              {shop.productCount} {shop.productCount === 1 ? 'product' : 'products'} · here since{' '}
              <time dateTime={shop.createdAt}>{monthOf(shop.createdAt)}</time>
            </p>
            <p className="mt-1">
              <a href="#reviews" className="inline-flex min-h-6 items-center underline-offset-4 hover:underline">
                <ShopRating sellerId={shop.id} />
              </a>
            </p>
          </div>
        </div>
      </div>
      <section aria-label={`Products of ${shop.name}`} className="page py-8">
        <div className="mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <SearchHereLink href={`/search?seller=${shop.handle}`}>Search and filter in this shop</SearchHereLink>
          <SortLinks sorts={sortLinks(path)} current={address.sort} />
        </div>
        <ProductList
          items={items}
          address={listHref(path, { sort: address.sort })}
          cursor={address.cursor}
          nextCursor={nextCursor}
          empty={{
            title: 'Nothing on the table right now',
            text: `${shop.name} has no product on sale at the moment.`,
          }}
        />
      </section>
      <ReviewSection
        of={{ kind: 'shop', handle: shop.handle, sellerId: shop.id }}
        title={`What buyers say about ${shop.name}`}
      />
    </>
  )
}

const requireShop = cache(async (handle: string) => (await getSeller(handle)) ?? notFound())

function monthOf(iso: string): string {
  return new Intl.DateTimeFormat('en-IE', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(iso))
}
