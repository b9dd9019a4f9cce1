'use client'

import { Clock, ShoppingBag } from 'lucide-react'
import { useState } from 'react'
import type { CartLineView } from '#lib/cart/schema'
import type { StockState } from '#lib/live/events'
import { WaitlistSlot } from '#components/cart/waitlist-slot'
import { refreshCart, removeLine, setLine, useCart } from '#components/layout/cart-store'
import { usePlace } from '#components/layout/waitlist-store'
import { Countdown } from '#components/live/countdown'
import { Alert } from '#components/ui/alert'
import { Button, ButtonLink } from '#components/ui/button'
import { QuantityStepper } from './quantity-stepper.tsx'
import { RefusalNote } from './refusal-note.tsx'
import type { Refusal } from './refusal-words.tsx'
import { freeOf } from './stock-words.tsx'

interface InCartProps {
  line: CartLineView
  stock: StockState | null
  title: string
  /** The page to come back to after signing in. */
  path: string
}

/** The pieces are the viewer's: for how long, how many, and the way to the till. */
export function InCart({ line, stock, title, path }: InCartProps) {
  const serverNow = useCart()?.serverNow ?? line.expiresAt
  const free = freeOf(stock)
  const place = usePlace(line.variantId)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  const change = async (work: () => ReturnType<typeof setLine>) => {
    setBusy(true)
    const answer = await work()
    setRefusal(answer.ok ? null : answer)
    setBusy(false)
  }
  if (line.state === 'checkout') {
    return (
      <Alert
        tone="accent"
        title="You are paying for this just now"
        action={
          <ButtonLink href="/checkout" size="sm">
            Go on
          </ButtonLink>
        }
      >
        It stays yours until the payment is through.
      </Alert>
    )
  }
  return (
    <div className="grid gap-4 rounded-card border border-accent/40 bg-accent-soft/50 p-4">
      <p role="status" className="flex flex-wrap items-center gap-x-2 font-semibold">
        <ShoppingBag aria-hidden className="size-5 text-accent" />
        {line.quantity} in your cart
      </p>
      <p className="-mt-3 flex items-center gap-2 text-sm">
        <Clock aria-hidden className="size-5 text-accent" />
        <span>
          Held for you for{' '}
          <Countdown expiresAt={line.expiresAt} serverNow={serverNow} onEnd={() => void refreshCart()} />
        </span>
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <QuantityStepper
          of={title}
          quantity={line.quantity}
          max={line.quantity + free}
          disabled={busy}
          onChange={(quantity) => void change(() => setLine(line.variantId, quantity))}
        />
        <Button variant="quiet" busy={busy} onClick={() => void change(() => removeLine(line.variantId))}>
          Remove
        </Button>
        <ButtonLink href="/cart" className="grow">
          Go to cart
        </ButtonLink>
      </div>
      {refusal ? <RefusalNote refusal={refusal} variantId={line.variantId} /> : null}
      {stock && !place?.offer && (place || (stock.onSale && free === 0 && !busy)) ? (
        <WaitlistSlot
          stock={stock}
          title={title}
          path={path}
          quantity={1}
          reason="No more are free. Wait for one more?"
        />
      ) : null}
    </div>
  )
}
