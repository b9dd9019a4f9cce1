import type { ShownCard } from '#lib/catalog/rules/still'
import { Skeleton } from '#components/ui/skeleton'
import { ProductCard } from './product-card.tsx'

const GRID =
  'grid grid-cols-2 gap-x-4 gap-y-8 sm:grid-cols-[repeat(auto-fill,minmax(13.5rem,1fr))] sm:gap-x-6 sm:gap-y-10'

/** Products side by side, two on a phone. The first row's pictures are fetched first. */
export function ProductGrid({ products, priority = true }: { products: readonly ShownCard[]; priority?: boolean }) {
  return (
    <ul className={GRID}>
      {products.map((product, position) => (
        <li key={product.id}>
          <ProductCard product={product} priority={priority && position < 4} />
        </li>
      ))}
    </ul>
  )
}

/** The grid while it is on its way, each card as high as a real one. */
export function ProductGridSkeleton({ count = 12 }: { count?: number }) {
  return (
    <ul className={GRID} aria-hidden>
      {Array.from({ length: count }, (_, position) => (
        <li key={position}>
          <Skeleton className="aspect-square rounded-card" />
          <Skeleton className="mt-3 h-5 w-4/5" />
          <Skeleton className="mt-1.5 h-4 w-1/2" />
          <Skeleton className="mt-2 h-5 w-1/3" />
          <Skeleton className="mt-1.5 h-4 w-2/5" />
        </li>
      ))}
    </ul>
  )
}
