'use client'

import { Clock } from 'lucide-react'
import { RefusalNote } from '#components/catalog/refusal-note'
import { hearOfPlace } from '#components/layout/waitlist-store'
import { Countdown } from '#components/live/countdown'
import { Button } from '#components/ui/button'
import { VisuallyHidden } from '#components/ui/visually-hidden'
import type { PlaceView } from '#lib/cart/schema'
import { useOffer } from './use-offer.tsx'

interface OfferActionsProps {
  place: PlaceView
  /** The server's time when it said so. */
  serverNow: string
  size?: 'sm' | 'md'
  /** Called when it is in the cart. */
  onTaken?: () => void
}

/** For how long pieces are set aside, the button that puts them into the cart, and the one that lets them go. */
export function OfferActions({ place, serverNow, size = 'md', onTaken }: OfferActionsProps) {
  const { busy, refusal, take, leave } = useOffer()
  if (!place.offer) return null
  return (
    <>
      <p className="flex items-center gap-1.5 text-sm">
        <Clock aria-hidden className="size-4 text-accent" />
        <span>
          Yours for{' '}
          <Countdown
            expiresAt={place.offer.until}
            serverNow={serverNow}
            onEnd={hearOfPlace}
            className="font-semibold"
          />
          , then the next buyer’s
        </span>
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          size={size}
          busy={busy === 'take'}
          disabled={busy === 'leave'}
          onClick={() => void take(place).then((isTaken) => isTaken && onTaken?.())}
        >
          Put in cart<VisuallyHidden> {place.title}</VisuallyHidden>
        </Button>
        <Button
          size={size}
          variant="quiet"
          busy={busy === 'leave'}
          disabled={busy === 'take'}
          onClick={() => void leave(place.variantId)}
        >
          No, thanks<VisuallyHidden> to {place.title}</VisuallyHidden>
        </Button>
      </div>
      {refusal ? <RefusalNote refusal={refusal} /> : null}
    </>
  )
}
