import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache, Suspense } from 'react'
import { ProductGridSkeleton } from '#components/catalog/product-grid'
import { ProductList } from '#components/catalog/product-list'
import { SortLinks } from '#components/catalog/sort-links'
import { Avatar } from '#components/ui/avatar'
import { listProducts } from '#lib/catalog/queries'
import { getSeller } from '#lib/sellers/queries'
import { listHref, readListAddress, sortLinks, type AddressParams, type ListAddress } from '../../list-address.ts'

interface ShopPageProps {
  params: Promise<{ handle: string }>
  searchParams: Promise<AddressParams>
}

export async function generateMetadata({ params }: ShopPageProps): Promise<Metadata> {
  const shop = await requireShop((await params).handle)
  return { title: shop.name, description: shop.about.slice(0, 200) || `What ${shop.name} sells.` }
}

/** One seller's stall. */
export default async function ShopPage({ params, searchParams }: ShopPageProps) {
  const shop = await requireShop((await params).handle)
  const address = readListAddress(await searchParams)
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
          </div>
        </div>
      </div>
      <section aria-label={`Products of ${shop.name}`} className="page py-8">
        <div className="mb-6 flex justify-end">
          <SortLinks sorts={sortLinks(path)} current={address.sort} />
        </div>
        <Suspense key={`${address.sort} ${address.cursor}`} fallback={<ProductGridSkeleton />}>
          <Products sellerId={shop.id} name={shop.name} path={path} address={address} />
        </Suspense>
      </section>
    </>
  )
}

interface ProductsProps {
  sellerId: string
  name: string
  path: string
  address: ListAddress
}

async function Products({ sellerId, name, path, address: { sort, cursor } }: ProductsProps) {
  const { items, nextCursor } = await listProducts({ sellerId, sort, cursor, limit: 24 })
  return (
    <ProductList
      items={items}
      address={listHref(path, { sort })}
      cursor={cursor}
      nextCursor={nextCursor}
      empty={{ title: 'Nothing on the table right now', text: `${name} has no product on sale at the moment.` }}
    />
  )
}

const requireShop = cache(async (handle: string) => (await getSeller(handle)) ?? notFound())

function monthOf(iso: string): string {
  return new Intl.DateTimeFormat('en-IE', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(iso))
}
