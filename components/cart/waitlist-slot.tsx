'use client'

import type { ReactNode } from 'react'
import { RefusalNote } from '#components/catalog/refusal-note'
import { useSession } from '#components/layout/session'
import { useWaitlist, hearOfLine } from '#components/layout/waitlist-store'
import { useLiveEvents } from '#components/live/use-live-events'
import { Button, ButtonLink } from '#components/ui/button'
import { VisuallyHidden } from '#components/ui/visually-hidden'
import type { StockState } from '#lib/live/events'
import { placeWords, waitingWords } from './place-words.tsx'
import { useOffer } from './use-offer.tsx'

/** What became of an offer that was not taken. */
export const PASSED = 'Your time was over, so the offer passed on'

interface WaitlistSlotProps {
  stock: StockState
  title: string
  /** The page to come back to after signing in. */
  path: string
  /** Pieces to wait for. */
  quantity: number
  /** Why one would wait, where it is not plain from the product being sold out. */
  reason?: string
}

/** The line for a product version: joining it, the viewer's place in it, leaving it. As high whatever it says. */
export function WaitlistSlot({ stock, title, path, quantity, reason }: WaitlistSlotProps) {
  const { variantId, waiting } = stock
  const session = useSession()
  const waitlist = useWaitlist()
  const { busy, refusal, join, leave } = useOffer()
  const place = waitlist?.places.find((each) => each.variantId === variantId)
  const passed = waitlist?.passed.some((each) => each.variantId === variantId) ?? false
  useLiveEvents(place ? `product:${stock.productId}` : null, (event) => {
    if (event.type === 'stock' && event.variantId === variantId) hearOfLine(variantId, event.waiting)
  })

  if (place) {
    return (
      <Slot
        words={placeWords(place)}
        hint={`You wait for ${place.wanted === 1 ? 'one piece' : `${place.wanted} pieces`}. ${waitingWords(waiting)}.`}
        refusal={refusal ? <RefusalNote refusal={refusal} /> : null}
      >
        <Button variant="secondary" busy={busy === 'leave'} onClick={() => void leave(variantId)}>
          Leave<VisuallyHidden> the waitlist for {title}</VisuallyHidden>
        </Button>
      </Slot>
    )
  }
  const isVisitor = session.status === 'ready' && !session.user
  const lead = reason ?? 'Who waits is asked first when pieces come back.'
  return (
    <Slot
      words={passed ? PASSED : waitingWords(waiting)}
      hint={isVisitor ? 'Joining the waitlist needs signing in. You come back here.' : lead}
      refusal={refusal ? <RefusalNote refusal={refusal} variantId={variantId} /> : null}
    >
      {isVisitor ? (
        <ButtonLink href={`/sign-in?next=${encodeURIComponent(path)}`}>Sign in to wait</ButtonLink>
      ) : (
        <Button
          // Where a reason is given another button is what the page is about.
          variant={reason ? 'secondary' : 'primary'}
          busy={busy === 'join'}
          disabled={!waitlist}
          onClick={() => void join(variantId, quantity)}
        >
          {passed ? 'Join again' : 'Join the waitlist'}
          {quantity > 1 ? <VisuallyHidden> for {quantity} pieces</VisuallyHidden> : null}
        </Button>
      )}
    </Slot>
  )
}

interface SlotProps {
  words: string
  hint: string
  refusal: ReactNode
  children: ReactNode
}

function Slot({ words, hint, refusal, children }: SlotProps) {
  return (
    <>
      <div className="grid min-h-20 grid-cols-[minmax(0,1fr)_auto] items-center gap-3 sm:min-h-13">
        <div className="text-sm">
          <p role="status" className="font-semibold count">
            {words}
          </p>
          <p className="text-muted count">{hint}</p>
        </div>
        {children}
      </div>
      {refusal}
    </>
  )
}
