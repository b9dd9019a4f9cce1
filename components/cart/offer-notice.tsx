'use client'

import { Gift, Hourglass, X } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { useSession } from '#components/layout/session'
import { followWaitlist, hearOfPlace, putAway, useWaitlist, type Waitlist } from '#components/layout/waitlist-store'
import { useLiveEvents } from '#components/live/use-live-events'
import { Button, ButtonLink } from '#components/ui/button'
import { KeepFocus } from '#components/ui/keep-focus'
import { Picture } from '#components/ui/picture'
import { toast } from '#components/ui/toaster'
import type { PlaceView } from '#lib/cart/schema'
import { OfferActions } from './offer-actions.tsx'
import { offerWords } from './place-words.tsx'
import { useShownOffers } from './shown-offers.tsx'

/**
 * On every page: pieces are set aside for the viewer, or were and passed on. Announced politely, the next stop of the
 * keyboard after the header; lies over the page, so that nothing moves. Keeps the places of who is signed in fresh.
 */
export function OfferNotice() {
  const session = useSession()
  const userId = session.status === 'ready' ? session.user?.id : null
  useEffect(() => (userId ? followWaitlist() : undefined), [userId])
  // The places are asked for before the room is heard, so an offer of the moment between is in neither.
  useLiveEvents(userId ? `user:${userId}` : null, (event) => event.type === 'place' && hearOfPlace(), hearOfPlace, {
    isRendered: true,
  })
  const waitlist = useWaitlist()
  const shown = useShownOffers()
  const [closed, setClosed] = useState<readonly string[]>([])
  const news = waitlist ? newsOf(waitlist) : []
  const open = news.filter(({ variantId, key }) => !shown.has(variantId) && !closed.includes(key))
  const [first] = open

  function close({ key, variantId, isOver }: News) {
    setClosed([...closed, key])
    if (isOver) putAway(variantId)
  }

  return (
    <div className="pointer-events-none fixed inset-x-3 top-30 z-20 md:top-20 md:right-6 md:left-auto md:w-100 xl:top-auto xl:bottom-6">
      <p role="status" className="sr-only">
        {news.map(({ words }) => `${words}. `)}
      </p>
      <KeepFocus part={first?.key ?? 'nothing'} label="Set aside for you">
        {first && waitlist ? (
          <div className="pointer-events-auto animate-rise rounded-card border border-line bg-surface p-4 shadow-float">
            <NewsCard news={first} serverNow={waitlist.serverNow} onClose={() => close(first)} />
            {open.length > 1 ? (
              <Link href="/cart#waiting-for" className="mt-3 inline-block text-sm font-semibold text-accent underline">
                And {open.length - 1} more
              </Link>
            ) : null}
          </div>
        ) : null}
      </KeepFocus>
    </div>
  )
}

interface News {
  readonly key: string
  readonly variantId: string
  readonly words: string
  readonly place: PlaceView
  readonly isOver: boolean
}

interface NewsCardProps {
  news: News
  serverNow: string
  onClose: () => void
}

function NewsCard({ news: { place, words, isOver }, serverNow, onClose }: NewsCardProps) {
  const Icon = isOver ? Hourglass : Gift
  const address = `/products/${place.slug}?variant=${place.variantId}`
  return (
    <div className="grid grid-cols-[3.5rem_minmax(0,1fr)_auto] gap-x-3 gap-y-2">
      <Link href={address} tabIndex={-1} aria-hidden className="aspect-square overflow-hidden rounded-control">
        <Picture id={place.pictureId} alt="" sizes="3.5rem" />
      </Link>
      <p className="flex gap-1.5 font-semibold">
        <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-accent" />
        <Link href={address} className="line-clamp-4 wrap-anywhere hover:underline">
          {words}
        </Link>
      </p>
      <Button variant="quiet" size="icon" aria-label="Close this notice" className="-mt-2 -mr-2" onClick={onClose}>
        <X aria-hidden className="size-5" />
      </Button>
      <div className="col-span-full grid gap-2">
        {isOver ? (
          <ButtonLink href={address} size="sm" variant="secondary" className="justify-self-start" onClick={onClose}>
            Look whether there is more
          </ButtonLink>
        ) : (
          <OfferActions
            place={place}
            serverNow={serverNow}
            size="sm"
            onTaken={() => toast.success(`In your cart: ${place.title}`)}
          />
        )}
      </div>
    </div>
  )
}

/** What ends first stands first; what is over stands last. */
function newsOf({ places, passed }: Waitlist): News[] {
  const offers = places.filter((place) => place.offer).toSorted((left, right) => untilOf(left) - untilOf(right))
  return [
    ...offers.map((place) => ({ ...newsAbout(place), words: offerWords(place, nameOf(place)), isOver: false })),
    ...passed.map((place) => ({
      ...newsAbout(place),
      key: `over ${newsAbout(place).key}`,
      words: `The offer of ${nameOf(place)} passed on`,
      isOver: true,
    })),
  ]
}

function newsAbout(place: PlaceView) {
  return { key: `${place.variantId} ${place.offer?.until}`, variantId: place.variantId, place }
}

function nameOf({ title, optionValues }: PlaceView): string {
  return [title, ...optionValues].join(' · ')
}

function untilOf({ offer }: PlaceView): number {
  return Date.parse(offer?.until ?? '')
}
