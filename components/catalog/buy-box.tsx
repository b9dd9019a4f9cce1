'use client'

import { useState } from 'react'
import type { ProductView } from '#lib/catalog/schema'
import type { StockState } from '#lib/live/events'
import { OfferBox } from '#components/cart/offer-box'
import { useCart, useCartLine, usePiecesMine } from '#components/layout/cart-store'
import { usePlace } from '#components/layout/waitlist-store'
import { useProductStock } from '#components/live/use-stock'
import { Watchers } from '#components/live/watchers'
import { KeepFocus } from '#components/ui/keep-focus'
import { AddToCart } from './add-to-cart.tsx'
import { BuyBoxStock } from './buy-box-stock.tsx'
import { InCart } from './in-cart.tsx'
import { Price } from './price.tsx'
import { useIsOpen } from './use-open.tsx'
import { VariantPicker } from './variant-picker.tsx'

type Variant = ProductView['variants'][number]

interface BuyBoxProps {
  product: Pick<ProductView, 'id' | 'slug' | 'title' | 'optionNames' | 'variants' | 'stock'>
  /** The version the address names; else the first that can be had. */
  variantId: string | null
  serverNow: string
}

/** Chooses a version, shows how many are left this second, and takes pieces into the cart. */
export function BuyBox({ product, variantId, serverNow }: BuyBoxProps) {
  const states = useProductStock(product.id, product.stock)
  const cart = useCart()
  const isOpen = useIsOpen(states[0]?.opensAt ?? null, serverNow)
  const [chosenId, setChosenId] = useState(() => firstChoice(product, variantId)?.id ?? null)
  // An edit may have taken the chosen version away.
  const variant = product.variants.find((each) => each.id === chosenId) ?? product.variants[0]
  const line = useCartLine(variant?.id ?? null)
  const mine = usePiecesMine(variant?.id ?? null)
  const place = usePlace(variant?.id ?? null)
  if (!variant) return <p className="text-muted">This product has no version that can be bought at the moment.</p>

  const stock = states.find((state) => state.variantId === variant.id) ?? null
  const isMine = (id: string) => cart?.lines.some((each) => each.variantId === id && each.state === 'held') ?? false
  const path = `/products/${product.slug}?variant=${variant.id}`
  const offered = place?.offer?.quantity ?? 0
  const isHeld = line !== null && line.state !== 'lapsed'
  const choose = (next: Variant) => {
    setChosenId(next.id)
    rememberInAddress(next.id)
  }
  return (
    <div className="grid gap-5">
      <p className="text-2xl">
        <Price fromCents={variant.priceCents} compareAtCents={variant.compareAtCents} />
      </p>
      <VariantPicker
        optionNames={product.optionNames}
        variants={product.variants}
        current={variant}
        isThere={(id) => canHave(states, id) || isMine(id) || (id === variant.id && offered > 0)}
        onChoose={choose}
      />
      <BuyBoxStock stock={stock} mine={mine} offered={offered} serverNow={serverNow} />
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
          />
        )}
      </KeepFocus>
      <Watchers productId={product.id} />
    </div>
  )
}

function firstChoice(product: BuyBoxProps['product'], variantId: string | null): Variant | null {
  const named = product.variants.find((variant) => variant.id === variantId)
  return named ?? product.variants.find((variant) => canHave(product.stock, variant.id)) ?? product.variants[0] ?? null
}

function canHave(states: readonly StockState[], variantId: string): boolean {
  return states.some((state) => state.variantId === variantId && state.onSale && state.available > 0)
}

/** So that a link to this page, and going back to it, shows the same version. */
function rememberInAddress(variantId: string): void {
  const url = new URL(window.location.href)
  url.searchParams.set('variant', variantId)
  window.history.replaceState(window.history.state, '', url)
}
