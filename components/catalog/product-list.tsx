import { SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ShownCard } from '#lib/catalog/rules/still'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Pagination } from '#components/ui/pagination'
import { ProductGrid } from './product-grid.tsx'

interface ProductListProps {
  items: readonly ShownCard[]
  /** The address of this list from its beginning; its pages add a cursor to it. */
  address: string
  cursor: string | null
  nextCursor: string | null
  /** What to say when there is nothing. */
  empty: { title: string; text: ReactNode }
}

/** One page of products with the way to the next, or the way on when there are none. */
export function ProductList({ items, address, cursor, nextCursor, empty }: ProductListProps) {
  if (items.length === 0) {
    return (
      <EmptyState icon={SearchX} title={empty.title} action={<ButtonLink href="/search">See everything</ButtonLink>}>
        {empty.text}
      </EmptyState>
    )
  }
  return (
    <>
      <h2 className="sr-only">Products</h2>
      <ProductGrid products={items} />
      <Pagination firstHref={cursor ? address : null} nextHref={nextCursor ? withCursor(address, nextCursor) : null} />
    </>
  )
}

function withCursor(address: string, cursor: string): string {
  return `${address}${address.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`
}
