'use client'

import { useProductStock } from '#components/live/use-stock'
import { CardSection } from '#components/ui/card'
import type { OwnProductView } from '#lib/catalog/schema'
import { StockControl } from './stock-control.tsx'

/** The pieces of every saved version, live, each changed on its own: what is typed in the form has nothing to do with it. */
export function StockSection({ product }: { product: OwnProductView }) {
  const states = useProductStock(product.id, product.stock)
  return (
    <CardSection title="Stock, live">
      <p className="-mt-2 mb-4 max-w-prose text-sm text-muted">
        A change here counts at once and is seen in every open browser. The Save button below is not needed for it.
      </p>
      <ul className="divide-y divide-line">
        {product.variants.map((variant) => {
          const state = states.find((each) => each.variantId === variant.id)
          const name = variant.optionValues.join(' · ') || product.title
          return state ? <StockControl key={variant.id} name={name} state={state} /> : null
        })}
      </ul>
    </CardSection>
  )
}
