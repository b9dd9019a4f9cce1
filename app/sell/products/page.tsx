import { Package, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { OwnProductRow } from '#components/catalog/edit/own-product-row'
import { PublishDrafts } from '#components/catalog/edit/publish-drafts'
import { PageHeading } from '#components/layout/page-heading'
import { LiveSales } from '#components/sellers/live-sales'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Pagination } from '#components/ui/pagination'
import { Tabs } from '#components/ui/tabs'
import { listOwnProducts } from '#lib/catalog/queries'
import { ownProductsQuery } from '#lib/catalog/schema'
import { countProducts } from '#lib/insights/queries'
import { requireShop } from '../shop.ts'

export const metadata: Metadata = { title: 'Products' }

const LIST = '/sell/products'

export default async function OwnProductsPage({ searchParams }: PageProps<'/sell/products'>) {
  const { sellerId } = await requireShop(LIST)
  const query = ownProductsQuery.safeParse(await searchParams)
  const { status, cursor } = query.success ? query.data : {}
  const [{ items, nextCursor }, counts] = await Promise.all([
    listOwnProducts(sellerId, { status, cursor }),
    countProducts(sellerId),
  ])
  const hrefOf = (place: string | null) =>
    addressOf({ ...(status ? { status } : {}), ...(place ? { cursor: place } : {}) })
  return (
    <>
      <LiveSales sellerId={sellerId} />
      <PageHeading
        title="Products"
        action={
          <ButtonLink href="/sell/products/new">
            <Plus aria-hidden className="size-5" />
            Add a product
          </ButtonLink>
        }
      />
      <Tabs label="Products by state" current={hrefOf(null)} tabs={tabsOf(counts)} />
      {counts.draft > 0 && (status === undefined || status === 'draft') ? <PublishDrafts count={counts.draft} /> : null}
      {items.length === 0 ? (
        <NoProducts isFiltered={status !== undefined && counts.draft + counts.published + counts.archived > 0} />
      ) : (
        <ul className="mt-6 grid gap-3">
          {items.map((product) => (
            <OwnProductRow key={product.id} product={product} />
          ))}
        </ul>
      )}
      <Pagination firstHref={cursor ? hrefOf(null) : null} nextHref={nextCursor ? hrefOf(nextCursor) : null} />
    </>
  )
}

function tabsOf({ draft, published, archived }: { draft: number; published: number; archived: number }) {
  return [
    { href: LIST, label: 'All', count: draft + published + archived },
    { href: addressOf({ status: 'published' }), label: 'Published', count: published },
    { href: addressOf({ status: 'draft' }), label: 'Drafts', count: draft },
    { href: addressOf({ status: 'archived' }), label: 'Archived', count: archived },
  ]
}

function addressOf(query: Record<string, string>): string {
  const text = new URLSearchParams(query).toString()
  return text ? `${LIST}?${text}` : LIST
}

function NoProducts({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState
        icon={Package}
        title="None here"
        className="mt-6"
        action={<ButtonLink href={LIST}>See all products</ButtonLink>}
      >
        No product of yours is in this state.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={Package}
      title="No products yet"
      className="mt-6"
      action={
        <>
          <ButtonLink href="/sell/products/new">Add a product</ButtonLink>
          <ButtonLink href="/sell/import" variant="secondary">
            Import a file
          </ButtonLink>
        </>
      }
    >
      Write the first one, or bring a whole shop over from a Shopify file.
    </EmptyState>
  )
}
