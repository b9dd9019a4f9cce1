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
import { usePayment } from './use-payment.tsx'

interface CheckoutFormProps {
  totalCents: string
  name: string
  /** Where an order can be sent. */
  countries: readonly { code: string; name: string }[]
}

/** Address and card. Pressing twice, a lost answer or a slow bank pay once; a refusal leaves everything typed in place. */
export function CheckoutForm({ totalCents, name, countries }: CheckoutFormProps) {
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
      <CardFields fields={fields} />
      {refusal ? <Alert tone="bad">{refusal}</Alert> : null}
      {phase === 'slow' ? (
        <Alert tone="accent" title="Waiting for the bank">
          This can take a few seconds. Your pieces stay yours meanwhile; you may also leave this page and find the order
          under “Your orders”.
        </Alert>
      ) : null}
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
        Pay <Money cents={totalCents} />
      </Button>
    </form>
  )
}
