'use client'

import { useMemo, type RefObject } from 'react'
import { useProductPrices } from '#components/live/use-price'
import { priceRange } from '#lib/catalog/rules/product'
import type { ShownCard } from '#lib/catalog/rules/still'
import type { PriceState } from '#lib/live/events'

export interface ShownPrice {
  readonly priceFromCents: string
  readonly priceToCents: string
  readonly compareAtCents: string | null
}

/** What the offered versions of a product cost this second, together; null while nobody has said. */
export function useLivePrice(
  { id, variantIds, now }: Pick<ShownCard, 'id' | 'variantIds' | 'now'>,
  seen: RefObject<Element | null>,
): ShownPrice | null {
  const prices = useProductPrices(id, seen)
  const heard = useMemo(() => rangeOf(prices ?? [], variantIds), [prices, variantIds])
  return heard ?? now
}

function rangeOf(prices: readonly PriceState[], variantIds: readonly string[]): ShownPrice | null {
  const offered = variantIds.flatMap((variantId) => prices.find((price) => price.variantId === variantId) ?? [])
  if (offered.length === 0 || offered.length < variantIds.length) return null
  return priceRange(
    offered.map(({ priceCents, compareAtCents }) => ({
      priceCents: BigInt(priceCents),
      compareAtCents: compareAtCents ? BigInt(compareAtCents) : null,
    })),
  )
}
