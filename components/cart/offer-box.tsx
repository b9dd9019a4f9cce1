'use client'

import { Gift } from 'lucide-react'
import { useRef } from 'react'
import { useWaitlist } from '#components/layout/waitlist-store'
import { cn } from '#components/ui/cn'
import type { PlaceView } from '#lib/cart/schema'
import { OfferActions } from './offer-actions.tsx'
import { offerWords } from './place-words.tsx'
import { useShowsOffer } from './shown-offers.tsx'

/** Pieces that are set aside for the viewer, on the page of the product itself. */
export function OfferBox({ place, className }: { place: PlaceView; className?: string }) {
  const box = useRef<HTMLDivElement>(null)
  const serverNow = useWaitlist()?.serverNow
  useShowsOffer(place.variantId, box)
  if (!serverNow) return null
  return (
    <div ref={box} className={cn('grid gap-3 rounded-card border border-accent/40 bg-accent-soft/50 p-4', className)}>
      <p className="flex items-center gap-2 font-semibold">
        <Gift aria-hidden className="size-5 shrink-0 text-accent" />
        {offerWords(place)}
      </p>
      <OfferActions place={place} serverNow={serverNow} />
      {place.wanted > 0 ? <p className="text-sm text-muted">You wait for {place.wanted} more besides.</p> : null}
    </div>
  )
}
