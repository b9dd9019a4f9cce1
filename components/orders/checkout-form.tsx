'use client'

import { useRouter } from 'next/navigation'
import { useState, type SubmitEvent } from 'react'
import { refreshCart, useCart } from '#components/layout/cart-store'
import { Alert } from '#components/ui/alert'
import { Button, ButtonLink } from '#components/ui/button'
import { Money } from '#components/ui/money'
import { AddressFields } from './address-fields.tsx'
import { CardFields } from './card-fields.tsx'
import { readOrderForm } from './order-form.tsx'
import { PaymentProgress } from './payment-progress.tsx'
import { usePayment } from './use-payment.tsx'

interface CheckoutFormProps {
  totalCents: string
  name: string
  /** Where an order can be sent. */
  countries: readonly { code: string; name: string }[]
  /** Where the card is asked for: here, or on a page of the provider. */
  cardPlace: 'form' | 'provider'
}

/** Address and card. Pressing twice, a lost answer or a slow bank pay once; a refusal leaves everything typed in place. */
export function CheckoutForm({ totalCents, name, countries, cardPlace }: CheckoutFormProps) {
  const router = useRouter()
  const { pay, phase } = usePayment()
  const [fields, setFields] = useState<Record<string, string>>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const busy = phase !== 'idle'
  const lapsed = useCart()?.lines.filter((line) => line.state === 'lapsed') ?? []

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    if (busy) return
    setRefusal(null)
    const answer = await pay(readOrderForm(new FormData(event.currentTarget), totalCents))
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
    await refreshCart()
    router.refresh()
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="grid gap-8">
      <AddressFields fields={fields} name={name} countries={countries} />
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
      <Button type="submit" size="lg" busy={busy} disabled={lapsed.length > 0}>
        {cardPlace === 'form' ? 'Pay' : 'Continue and pay'} <Money cents={totalCents} />
      </Button>
    </form>
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
