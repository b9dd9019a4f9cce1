import type { QuoteView } from '#lib/orders/schema/quote'

/** What a checkout sends, as the API takes it. */
export interface OrderForm {
  readonly address: Record<'name' | 'line1' | 'line2' | 'postalCode' | 'city' | 'country', string>
  /** Left out where the provider asks for it on a page of its own. */
  readonly card?: Record<'number' | 'name' | 'expiry' | 'cvc', string>
  /** The ways of sending that the total has in it. */
  readonly shippingMethodIds: string[]
  readonly expectedTotalCents: string
}

/** Reads the form. Fields are named by their path in the request, so that a refusal finds its field. */
export function readOrderForm(form: FormData, costs: QuoteView): OrderForm {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  return {
    address: {
      name: text('address.name'),
      line1: text('address.line1'),
      line2: text('address.line2'),
      postalCode: text('address.postalCode'),
      city: text('address.city'),
      country: text('address.country'),
    },
    ...(form.has('card.number') ? { card: cardOf(text) } : {}),
    shippingMethodIds: costs.parts.flatMap(({ methodId }) => (methodId ? [methodId] : [])),
    expectedTotalCents: costs.totalCents,
  }
}

function cardOf(text: (name: string) => string) {
  return {
    number: text('card.number'),
    name: text('card.name'),
    expiry: text('card.expiry'),
    cvc: text('card.cvc'),
  }
}
