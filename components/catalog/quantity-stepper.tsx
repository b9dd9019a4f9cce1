'use client'

import { Minus, Plus } from 'lucide-react'
import { Button } from '#components/ui/button'

interface QuantityStepperProps {
  /** What is counted, for the labels of the buttons. */
  of: string
  quantity: number
  min?: number
  max: number
  disabled?: boolean
  onChange: (quantity: number) => void
}

/** One more, one less. The number is announced when it changes. */
export function QuantityStepper({ of, quantity, min = 1, max, disabled = false, onChange }: QuantityStepperProps) {
  return (
    <div className="inline-flex items-center rounded-control border border-line-strong/60 bg-surface">
      <Button
        variant="quiet"
        size="icon"
        aria-label={`One less of ${of}`}
        disabled={disabled || quantity <= min}
        onClick={() => onChange(quantity - 1)}
      >
        <Minus aria-hidden className="size-4.5" />
      </Button>
      <output aria-live="polite" aria-label="Quantity" className="min-w-8 text-center font-semibold count">
        {quantity}
      </output>
      <Button
        variant="quiet"
        size="icon"
        aria-label={`One more of ${of}`}
        disabled={disabled || quantity >= max}
        onClick={() => onChange(quantity + 1)}
      >
        <Plus aria-hidden className="size-4.5" />
      </Button>
    </div>
  )
}
