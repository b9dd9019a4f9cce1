'use client'

import { useMemo, useState, useSyncExternalStore } from 'react'
import { OfferBox } from '#components/cart/offer-box'
import { useCart, useCartLine, usePiecesMine } from '#components/layout/cart-store'
import { usePlace } from '#components/layout/waitlist-store'
import { useProductPrices } from '#components/live/use-price'
import { Watchers } from '#components/live/watchers'
import { KeepFocus } from '#components/ui/keep-focus'
import { Skeleton } from '#components/ui/skeleton'
import type { StillProduct } from '#lib/catalog/rules/still'
import type { StockState } from '#lib/live/events'
import { AddToCart } from './add-to-cart.tsx'
import { BuyBoxStock } from './buy-box-stock.tsx'
import { PriceSlot } from './card-price.tsx'
import { InCart } from './in-cart.tsx'
import { Price } from './price.tsx'
import { useLiveStock } from './use-live-stock.tsx'
import { useIsOpen } from './use-open.tsx'
import { VariantPicker } from './variant-picker.tsx'

type Variant = StillProduct['variants'][number]

interface BuyBoxProps {
  product: Pick<StillProduct, 'id' | 'slug' | 'title' | 'optionNames' | 'variants'>
}

/**
 * Chooses a version, shows what it costs and how many are left this second, and takes pieces into the cart. The page it stands
 * on is kept: price and number come by the live channel, into places that are there before.
 */
export function BuyBox({ product }: BuyBoxProps) {
  const variantIds = useMemo(() => product.variants.map((each) => each.id), [product.variants])
  const { states: heard, serverNow } = useLiveStock({ id: product.id, variantIds, now: null })
  const prices = useProductPrices(product.id)
  const states = heard ?? []
  const cart = useCart()
  const isOpen = useIsOpen(states[0]?.opensAt ?? null, serverNow)
  const named = useSyncExternalStore(neverChanges, variantInAddress, () => null)
  const [turnedTo, setTurnedTo] = useState<string | null>(null)
  const [first, setFirst] = useState<string | null>(null)
  // Who comes without a version in mind is shown one that can be had, and it stays when it goes.
  if (heard && first === null) setFirst(firstThatIs(product.variants, heard)?.id ?? '')
  // An edit may have taken the chosen version away.
  const variant =
    [turnedTo, named, first].flatMap((id) => product.variants.find((each) => each.id === id) ?? [])[0] ??
    product.variants[0]
  const line = useCartLine(variant?.id ?? null)
  const mine = usePiecesMine(variant?.id ?? null)
  const place = usePlace(variant?.id ?? null)
  if (!variant) return <p className="text-muted">This product has no version that can be bought at the moment.</p>

  const price = prices?.find((each) => each.variantId === variant.id)
  const stock = states.find((state) => state.variantId === variant.id) ?? null
  const isMine = (id: string) => cart?.lines.some((each) => each.variantId === id && each.state === 'held') ?? false
  const path = `/products/${product.slug}?variant=${variant.id}`
  const offered = place?.offer?.quantity ?? 0
  const isHeld = line !== null && line.state !== 'lapsed'
  const choose = (next: Variant) => {
    setTurnedTo(next.id)
    rememberInAddress(next.id)
  }
  return (
    <div className="grid gap-5">
      <p className="min-h-8 text-2xl">
        {price ? <Price fromCents={price.priceCents} compareAtCents={price.compareAtCents ?? null} /> : <PriceSlot />}
      </p>
      <VariantPicker
        optionNames={product.optionNames}
        variants={product.variants}
        current={variant}
        isThere={(id) => !heard || canHave(states, id) || isMine(id) || (id === variant.id && offered > 0)}
        onChoose={choose}
      />
      {heard ? (
        <BuyBoxStock stock={stock} mine={mine} offered={offered} serverNow={serverNow} />
      ) : (
        <Skeleton className="h-8 w-28 rounded-full" />
      )}
      <KeepFocus
        part={`${isHeld ? 'held' : 'free'} ${place ? (offered > 0 ? 'offer' : 'place') : ''}`}
        label={isHeld ? 'In your cart' : 'Put it in your cart'}
      >
        {place?.offer ? <OfferBox key={variant.id} place={place} className={isHeld ? 'mb-3' : undefined} /> : null}
        {line && isHeld ? (
          <InCart key={variant.id} line={line} stock={stock} title={product.title} path={path} />
        ) : place?.offer ? null : (
          <AddToCart
            key={variant.id}
            variantId={variant.id}
            title={product.title}
            path={path}
            stock={stock}
            wasHeld={line !== null}
            isOpen={isOpen}
            isKnown={heard !== null}
          />
        )}
      </KeepFocus>
      <Watchers productId={product.id} />
    </div>
  )
}

function firstThatIs(variants: readonly Variant[], states: readonly StockState[]): Variant | undefined {
  return variants.find((variant) => canHave(states, variant.id)) ?? variants[0]
}

function canHave(states: readonly StockState[], variantId: string): boolean {
  return states.some((state) => state.variantId === variantId && state.onSale && state.available > 0)
}

/** The version that a link names. The page itself does not know its query: it is the same for everyone. */
const variantInAddress = () => new URLSearchParams(window.location.search).get('variant')
const neverChanges = () => () => undefined

/** So that a link to this page, and going back to it, shows the same version. */
function rememberInAddress(variantId: string): void {
  const url = new URL(window.location.href)
  url.searchParams.set('variant', variantId)
  window.history.replaceState(window.history.state, '', url)
}
