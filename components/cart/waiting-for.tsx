'use client'

import Link from 'next/link'
import { useRef } from 'react'
import { RefusalNote } from '#components/catalog/refusal-note'
import { hearOfLine, putAway, useWaitlist } from '#components/layout/waitlist-store'
import { useLiveEvents } from '#components/live/use-live-events'
import { useVisible } from '#components/live/use-visible'
import { Button } from '#components/ui/button'
import { KeepFocus } from '#components/ui/keep-focus'
import { Money } from '#components/ui/money'
import { Picture } from '#components/ui/picture'
import { VisuallyHidden } from '#components/ui/visually-hidden'
import type { PlaceView, WaitlistView } from '#lib/cart/schema'
import { OfferActions } from './offer-actions.tsx'
import { offerWords, placeWords } from './place-words.tsx'
import { useShowsOffer } from './shown-offers.tsx'
import { useOffer } from './use-offer.tsx'

/** The lines the viewer stands in, what is set aside there, and what passed on. Nothing when there is none. */
export function WaitingFor({ initial }: { initial: WaitlistView }) {
  const { places, serverNow, passed } = useWaitlist() ?? { ...initial, passed: [] }
  if (places.length + passed.length === 0) return null
  return (
    <section aria-labelledby="waiting-for">
      <h2 id="waiting-for" className="mb-3 scroll-mt-32 font-display text-xl font-semibold">
        Waiting for
      </h2>
      <ul className="divide-y divide-line border-y border-line">
        {places.map((place) => (
          <PlaceRow key={place.variantId} place={place} serverNow={serverNow} isOver={false} />
        ))}
        {passed.map((place) => (
          <PlaceRow key={place.variantId} place={place} serverNow={serverNow} isOver />
        ))}
      </ul>
    </section>
  )
}

interface PlaceRowProps {
  place: PlaceView
  serverNow: string
  isOver: boolean
}

function PlaceRow({ place, serverNow, isOver }: PlaceRowProps) {
  const row = useRef<HTMLLIElement>(null)
  const isVisible = useVisible(row)
  useShowsOffer(place.variantId, row)
  useLiveEvents(isVisible ? `product:${place.productId}` : null, (event) => {
    if (event.type === 'stock' && event.variantId === place.variantId) hearOfLine(place.variantId, event.waiting)
  })
  const part = isOver ? 'over' : place.offer ? 'offer' : 'place'
  const address = `/products/${place.slug}?variant=${place.variantId}`
  return (
    <li ref={row} className="grid grid-cols-[5.5rem_1fr] gap-4 py-5 sm:grid-cols-[7rem_1fr_auto]">
      <Link href={address} tabIndex={-1} aria-hidden className="aspect-square overflow-hidden rounded-control">
        <Picture id={place.pictureId} alt="" sizes="7rem" />
      </Link>
      <div className="min-w-0">
        <Link href={address} className="font-semibold hover:underline">
          {place.title}
        </Link>
        {place.optionValues.length > 0 ? <p className="text-sm text-muted">{place.optionValues.join(' · ')}</p> : null}
        <KeepFocus part={part} label={`Waiting for ${place.title}`}>
          <div className="mt-1 grid justify-items-start gap-2">
            {isOver ? <Passed place={place} /> : <Standing place={place} serverNow={serverNow} />}
          </div>
        </KeepFocus>
      </div>
      <p className="col-start-2 text-lg font-semibold sm:col-start-3 sm:text-right">
        <Money cents={place.unitPriceCents} />
      </p>
    </li>
  )
}

function Standing({ place, serverNow }: { place: PlaceView; serverNow: string }) {
  const { busy, refusal, leave } = useOffer()
  return (
    <>
      <p role="status" className={place.offer ? 'font-semibold text-accent-strong' : 'font-medium count'}>
        {place.offer ? offerWords(place) : placeWords(place)}
      </p>
      {place.offer ? (
        <OfferActions place={place} serverNow={serverNow} />
      ) : (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <p className="text-sm text-muted">{place.wanted === 1 ? 'One piece' : `${place.wanted} pieces`}</p>
          <Button variant="quiet" size="sm" busy={busy === 'leave'} onClick={() => void leave(place.variantId)}>
            Leave<VisuallyHidden> the waitlist for {place.title}</VisuallyHidden>
          </Button>
        </div>
      )}
      {refusal ? <RefusalNote refusal={refusal} /> : null}
    </>
  )
}

function Passed({ place }: { place: PlaceView }) {
  const { busy, refusal, join } = useOffer()
  const quantity = place.wanted + (place.offer?.quantity ?? 0)
  return (
    <>
      <p role="status" className="font-medium text-warn">
        Your time was over, so the offer passed on
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          variant="secondary"
          size="sm"
          busy={busy === 'join'}
          onClick={() => void join(place.variantId, Math.max(1, quantity))}
        >
          Join again<VisuallyHidden> for {place.title}</VisuallyHidden>
        </Button>
        <Button variant="quiet" size="sm" onClick={() => putAway(place.variantId)}>
          Never mind<VisuallyHidden> {place.title}</VisuallyHidden>
        </Button>
      </div>
      {refusal ? <RefusalNote refusal={refusal} /> : null}
    </>
  )
}
