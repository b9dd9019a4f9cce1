'use client'

import { useRouter } from 'next/navigation'
import { useState, type SubmitEvent } from 'react'
import { refreshCart, useCart } from '#components/layout/cart-store'
import { Alert } from '#components/ui/alert'
import { Button, ButtonLink } from '#components/ui/button'
import { Money } from '#components/ui/money'
import type { Address } from '#lib/orders/schema'
import { AddressFields } from './address-fields.tsx'
import { CardFields } from './card-fields.tsx'
import { readOrderForm } from './order-form.tsx'
import { PaymentProgress } from './payment-progress.tsx'
import { ShippingChoice } from './shipping-choice.tsx'
import type { usePayment } from './use-payment.tsx'
import type { Quoted, useQuote } from './use-quote.tsx'

interface CheckoutFormProps {
  quote: ReturnType<typeof useQuote>
  payment: ReturnType<typeof usePayment>
  address: Partial<Address>
  /** Where an order can be sent. */
  countries: readonly { code: string; name: string }[]
  /** Where the card is asked for: here, or on a page of the provider. */
  cardPlace: 'form' | 'provider'
}

/** Address and card. Pressing twice, a lost answer or a slow bank pay once; a refusal leaves everything typed in place. */
export function CheckoutForm({ quote, payment, address, countries, cardPlace }: CheckoutFormProps) {
  const router = useRouter()
  const { pay, phase } = payment
  const [fields, setFields] = useState<Record<string, string>>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const busy = phase !== 'idle' && phase !== 'undecided'
  const { quoted, isAsking } = quote
  const costs = quoted?.ok ? quoted.value : null
  const lapsed = useCart()?.lines.filter((line) => line.state === 'lapsed') ?? []

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    if (busy || isAsking || !costs) return
    setRefusal(null)
    const answer = await pay(readOrderForm(new FormData(event.currentTarget), costs))
    if (answer.ok) {
      // A page of the bank, perhaps of another site: the browser goes there as by a link.
      if ('challengeUrl' in answer.value) return window.location.assign(answer.value.challengeUrl)
      router.push(`/orders/${answer.value.number}`)
      return refreshCart()
    }
    setFields(answer.fields)
    const { reason, title } = answer.detail
    const what = typeof title === 'string' ? ` It is “${title}”.` : ''
    const sentence = typeof reason === 'string' ? reason : `${answer.message}${what}`
    setRefusal(Object.keys(answer.fields).length > 0 ? 'Please look at the marked fields.' : sentence)
    quote.askAgain()
    await refreshCart()
    router.refresh()
  }

  return (
    <form method="post" onSubmit={(event) => void submit(event)} noValidate className="grid gap-8">
      <AddressFields fields={fields} address={address} countries={countries} onCountry={quote.setCountry} />
      {quoted && !quoted.ok ? <NotSent answer={quoted} /> : null}
      {costs ? <ShippingChoice parts={costs.parts} chosen={quote.methods} onChoose={quote.choose} /> : null}
      {cardPlace === 'form' ? <CardFields fields={fields} /> : <CardElsewhere />}
      {refusal ? <Alert tone="bad">{refusal}</Alert> : null}
      <PaymentProgress phase={phase} />
      {lapsed.length > 0 ? (
        <Alert
          tone="warn"
          title="Not everything is held any more"
          action={
            <ButtonLink href="/cart" size="sm">
              To your cart
            </ButtonLink>
          }
        >
          The time was over for {lapsed.map((line) => line.title).join(', ')}. Hold it again or remove it, then come
          back.
        </Alert>
      ) : null}
      <Button type="submit" size="lg" busy={busy} disabled={lapsed.length > 0 || isAsking || !costs}>
        {cardPlace === 'form' ? 'Pay' : 'Continue and pay'} {costs ? <Money cents={costs.totalCents} /> : null}
      </Button>
    </form>
  )
}

/** Why there is no total: a shop does not send there, or something is not for sale any more. */
function NotSent({ answer }: { answer: Extract<Quoted, { ok: false }> }) {
  const { shop, title } = answer.detail
  const what = typeof shop === 'string' ? ` It is ${shop}.` : typeof title === 'string' ? ` It is “${title}”.` : ''
  return (
    <Alert
      tone="warn"
      title="This cannot be ordered as it is"
      action={
        <ButtonLink href="/cart" size="sm" variant="secondary">
          To your cart
        </ButtonLink>
      }
    >
      {answer.message}
      {what}
    </Alert>
  )
}

function CardElsewhere() {
  return (
    <section className="rounded-control bg-sunken px-4 py-3">
      <h2 className="font-display text-xl font-semibold">Card</h2>
      <p className="mt-1 text-muted">
        Our payment provider asks for it on the next page and brings you back here. Your pieces stay yours meanwhile.
      </p>
    </section>
  )
}
