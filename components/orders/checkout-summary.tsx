'use client'

import { Clock } from 'lucide-react'
import type { ReactNode } from 'react'
import { refreshCart } from '#components/layout/cart-store'
import { Countdown } from '#components/live/countdown'
import { Card } from '#components/ui/card'
import { Money } from '#components/ui/money'
import { Picture } from '#components/ui/picture'
import { cn } from '#components/ui/cn'
import type { CartView } from '#lib/cart/schema'
import type { QuoteView } from '#lib/orders/schema/quote'
import type { Quoted } from './use-quote.tsx'

interface CheckoutSummaryProps {
  cart: CartView
  quoted: Quoted
  isAsking: boolean
}

/** What is about to be paid, what that is made of, and how long it is held. */
export function CheckoutSummary({ cart, quoted, isAsking }: CheckoutSummaryProps) {
  const held = cart.lines.filter((line) => line.state === 'held')
  const first = held.map((line) => line.expiresAt).toSorted()[0]
  return (
    <Card className="max-lg:order-first lg:sticky lg:top-24">
      <h2 className="font-display text-xl font-semibold">Your order</h2>
      <ul className="mt-4 grid gap-4">
        {held.map((line) => (
          <li key={line.variantId} className="grid grid-cols-[3.5rem_1fr_auto] items-center gap-3">
            <span className="aspect-square overflow-hidden rounded-control">
              <Picture id={line.pictureId} alt="" sizes="3.5rem" />
            </span>
            <span className="min-w-0">
              <span className="block truncate font-medium">{line.title}</span>
              <span className="text-sm text-muted">{[piecesOf(line.quantity), ...line.optionValues].join(' · ')}</span>
            </span>
            <Money cents={line.totalCents} />
          </li>
        ))}
      </ul>
      {quoted?.ok ? <Costs costs={quoted.value} isAsking={isAsking} /> : null}
      {first ? (
        <p className="mt-3 flex items-center gap-1.5 text-sm text-good">
          <Clock aria-hidden className="size-4" /> Held for you for{' '}
          <Countdown expiresAt={first} serverNow={cart.serverNow} onEnd={() => void refreshCart()} />
        </p>
      ) : null}
    </Card>
  )
}

function Costs({ costs, isAsking }: { costs: QuoteView; isAsking: boolean }) {
  const { goodsCents, shippingCents, addedTaxCents, includedTaxCents, totalCents } = costs
  const isPlain =
    shippingCents === '0' && addedTaxCents === '0' && costs.parts.every((part) => part.methods.length === 0)
  return (
    <dl
      aria-live="polite"
      aria-busy={isAsking}
      className={cn('mt-5 grid gap-2 border-t border-line pt-4', isAsking && 'opacity-60')}
    >
      {isPlain ? null : <Row term="Goods">{<Money cents={goodsCents} />}</Row>}
      {isPlain ? null : <Row term="Shipping">{shippingCents === '0' ? 'free' : <Money cents={shippingCents} />}</Row>}
      {addedTaxCents === '0' ? null : <Row term="Tax">{<Money cents={addedTaxCents} />}</Row>}
      <Row term="Total" className="text-lg font-semibold text-ink">
        <Money cents={totalCents} />
      </Row>
      {includedTaxCents === '0' ? null : (
        <Row term="of it tax" className="text-sm">
          <Money cents={includedTaxCents} />
        </Row>
      )}
    </dl>
  )
}

function Row({ term, className, children }: { term: string; className?: string; children: ReactNode }) {
  return (
    <div className={cn('flex items-baseline justify-between text-muted', className)}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function piecesOf(quantity: number): string {
  return quantity === 1 ? '1 piece' : `${quantity} pieces`
}
