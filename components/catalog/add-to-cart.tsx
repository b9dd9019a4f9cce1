'use client'

import { ShoppingBag } from 'lucide-react'
import { useState } from 'react'
import type { StockState } from '#lib/live/events'
import { setLine } from '#components/layout/cart-store'
import { Alert } from '#components/ui/alert'
import { Button } from '#components/ui/button'
import { QuantityStepper } from './quantity-stepper.tsx'
import { refusalWords } from './refusal-words.tsx'

interface AddToCartProps {
  variantId: string
  title: string
  stock: StockState | null
  /** The viewer had it in the cart until the time was over. */
  wasHeld: boolean
  /** Whether the sale has begun. */
  isOpen: boolean
}

/** How many, and the button that holds them. A refusal stands right below it. */
export function AddToCart({ variantId, title, stock, wasHeld, isOpen }: AddToCartProps) {
  const [wanted, setWanted] = useState(1)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const available = stock?.onSale ? stock.available : 0
  const quantity = Math.max(1, Math.min(wanted, available))
  // While one's own answer is on the way, the piece that just went may be one's own.
  const isOff = !busy && (available === 0 || !isOpen)

  const add = async () => {
    setBusy(true)
    const answer = await setLine(variantId, quantity)
    setRefusal(answer.ok ? null : refusalWords(answer))
    setBusy(false)
  }
  return (
    <div className="grid gap-3">
      {wasHeld ? <Alert tone="warn">Your time for this was over, so it went back to the market.</Alert> : null}
      <div className="flex flex-wrap gap-3">
        <QuantityStepper of={title} quantity={quantity} max={available} disabled={isOff || busy} onChange={setWanted} />
        <Button size="lg" className="min-w-48 grow" busy={busy} disabled={isOff} onClick={() => void add()}>
          <ShoppingBag aria-hidden className="size-5" />
          {busy ? 'Add to cart' : labelOf({ isOpen, stock, available, wasHeld })}
        </Button>
      </div>
      {refusal ? <Alert tone="bad">{refusal}</Alert> : null}
      {isOff ? null : (
        <p className="text-sm text-muted">
          In your cart it is held for you: while the clock runs nobody else can buy it.
        </p>
      )}
    </div>
  )
}

function labelOf(state: Pick<AddToCartProps, 'isOpen' | 'stock' | 'wasHeld'> & { available: number }): string {
  if (!state.isOpen) return 'Not open yet'
  if (!state.stock?.onSale) return 'Not on sale'
  if (state.available === 0) return 'Sold out'
  return state.wasHeld ? 'Hold it again' : 'Add to cart'
}
