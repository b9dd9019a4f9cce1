import Link from 'next/link'
import type { StillProduct } from '#lib/catalog/rules/still'
import { CONDITIONS } from './condition.tsx'

/** The plain facts of a product as a list of terms. */
export function ProductFacts({ product }: { product: StillProduct }) {
  const skus = product.variants.map((variant) => variant.sku).filter((sku) => sku !== null && sku !== '')
  return (
    <section aria-label="Details">
      <h2 className="mb-4 font-display text-2xl font-semibold">Details</h2>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2.5 border-t border-line pt-4 text-sm [&_dt]:text-muted">
        <dt>Condition</dt>
        <dd>{CONDITIONS[product.condition]}</dd>
        <dt>Category</dt>
        <dd>
          <Link
            href={`/categories/${product.category.slug}`}
            className="underline underline-offset-4 hover:text-accent"
          >
            {product.category.name}
          </Link>
        </dd>
        {product.keywords.length > 0 ? (
          <>
            <dt>Keywords</dt>
            <dd className="wrap-anywhere">{product.keywords.join(', ')}</dd>
          </>
        ) : null}
        {skus.length > 0 ? (
          <>
            <dt>{skus.length === 1 ? 'Article' : 'Articles'}</dt>
            <dd className="wrap-anywhere count">{skus.slice(0, 6).join(', ')}</dd>
          </>
        ) : null}
      </dl>
    </section>
  )
}
