'use client'

import { ShoppingBag } from 'lucide-react'
import { useRef, useState } from 'react'
import type { StockState } from '#lib/live/events'
import { useShowsOffer } from '#components/cart/shown-offers'
import { PASSED, WaitlistSlot } from '#components/cart/waitlist-slot'
import { setLine } from '#components/layout/cart-store'
import { usePlace, useWaitlist } from '#components/layout/waitlist-store'
import { Alert } from '#components/ui/alert'
import { Button } from '#components/ui/button'
import { QuantityStepper } from './quantity-stepper.tsx'
import { RefusalNote } from './refusal-note.tsx'
import type { Refusal } from './refusal-words.tsx'
import { freeOf } from './stock-words.tsx'

const HELD = 'In your cart it is held for you: while the clock runs nobody else can buy it.'

/** Who wants more than this writes to the seller; a seller's own limit is told when it is reached. */
const MOST = 20

interface AddToCartProps {
  variantId: string
  title: string
  /** The page to come back to after signing in. */
  path: string
  stock: StockState | null
  /** The viewer had it in the cart until the time was over. */
  wasHeld: boolean
  /** Whether the sale has begun. */
  isOpen: boolean
  /** Whether anybody has said yet how many there are; until then nothing can be pressed. */
  isKnown: boolean
}

/** How many, the button that holds them, and where there are too few the line to wait in. A refusal stands right below. */
export function AddToCart({ variantId, title, path, stock, wasHeld, isOpen, isKnown }: AddToCartProps) {
  const [wanted, setWanted] = useState(1)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const place = usePlace(variantId)
  const line = useRef<HTMLDivElement>(null)
  const hasPassed = useWaitlist()?.passed.some((each) => each.variantId === variantId) ?? false
  useShowsOffer(hasPassed ? variantId : null, line)
  const free = freeOf(stock)
  const isOnSale = isOpen && (stock?.onSale ?? false)
  const quantity = Math.max(1, Math.min(wanted, free))
  // While one's own answer is on the way, the piece that just went may be one's own.
  const isOff = isKnown && !busy && (free === 0 || !isOpen)

  const add = async () => {
    setBusy(true)
    const answer = await setLine(variantId, quantity)
    setRefusal(answer.ok ? null : answer)
    setBusy(false)
  }
  return (
    <div className="grid gap-3">
      {wasHeld ? <Alert tone="warn">Your time for this was over, so it went back to the market.</Alert> : null}
      <div className="flex flex-wrap gap-3">
        <QuantityStepper
          of={title}
          quantity={wanted}
          max={Math.max(free, MOST)}
          disabled={!isOnSale || busy || place !== null}
          onChange={setWanted}
        />
        <Button
          size="lg"
          variant={isOff ? 'secondary' : 'primary'}
          className="min-w-48 grow"
          busy={busy}
          disabled={isOff || !isKnown}
          onClick={() => void add()}
        >
          <ShoppingBag aria-hidden className="size-5" />
          {busy || !isKnown ? 'Add to cart' : labelOf({ isOpen, stock, free, wanted, wasHeld })}
        </Button>
      </div>
      {refusal ? <RefusalNote refusal={refusal} variantId={variantId} /> : null}
      <div ref={line} className="grid gap-3">
        {stock && !busy && (place || (isOnSale && wanted > free)) ? (
          <WaitlistSlot
            stock={stock}
            title={title}
            path={path}
            quantity={wanted}
            reason={free > 0 ? `Only ${free} ${free === 1 ? 'is' : 'are'} free. Wait for all ${wanted}?` : undefined}
          />
        ) : (
          <p className="flex min-h-20 items-center text-sm text-muted sm:min-h-13">
            {isOnSale || !isKnown ? (hasPassed ? `${PASSED}. It is free again.` : HELD) : null}
          </p>
        )}
      </div>
    </div>
  )
}

interface LabelState extends Pick<AddToCartProps, 'isOpen' | 'stock' | 'wasHeld'> {
  free: number
  wanted: number
}

function labelOf({ isOpen, stock, free, wanted, wasHeld }: LabelState): string {
  if (!isOpen) return 'Not open yet'
  if (!stock?.onSale) return 'Not on sale'
  if (free === 0) return 'Sold out'
  if (wanted > free) return free === 1 ? 'Add the last one' : `Add the last ${free}`
  return wasHeld ? 'Hold it again' : 'Add to cart'
}
