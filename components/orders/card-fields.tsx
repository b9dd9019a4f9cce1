'use client'

import { useRef } from 'react'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { TEST_CARDS } from '#lib/orders/rules/card'

/** The card, and the test cards that fill it in: no money moves in a demo market. */
export function CardFields({ fields }: { fields: Record<string, string> }) {
  const fieldset = useRef<HTMLFieldSetElement>(null)

  function fill(number: string) {
    const values = {
      'card.number': grouped(number),
      'card.name': 'Test Card',
      'card.expiry': '12/34',
      'card.cvc': '123',
    }
    for (const [name, value] of Object.entries(values)) {
      const input = fieldset.current?.querySelector<HTMLInputElement>(`[name="${name}"]`)
      if (input) input.value = value
    }
  }

  return (
    <fieldset ref={fieldset} className="grid gap-4 sm:grid-cols-6">
      <legend className="mb-4 font-display text-xl font-semibold">Card</legend>
      <div className="rounded-control bg-sunken px-4 py-3 text-sm sm:col-span-6">
        <p className="text-muted">No money moves here. Pay with a test card that</p>
        <ul className="mt-2 grid gap-x-6 gap-y-2 sm:grid-cols-2">
          {TEST_CARDS.map(({ number, meaning }) => (
            <li key={number} className="flex items-center justify-between gap-3">
              <button
                type="button"
                onClick={() => fill(number)}
                aria-describedby={`card-${number}`}
                className="min-h-11 rounded-control border border-line-strong bg-surface px-3 font-medium hover:border-ink"
              >
                {meaning}
              </button>
              <span id={`card-${number}`} className="text-xs whitespace-nowrap text-muted tabular-nums">
                {grouped(number)}
              </span>
            </li>
          ))}
        </ul>
      </div>
      <Field label="Card number" error={fields['card.number']} className="sm:col-span-6">
        {(control) => <Input {...control} name="card.number" inputMode="numeric" autoComplete="cc-number" />}
      </Field>
      <Field label="Name on the card" error={fields['card.name']} className="sm:col-span-6">
        {(control) => <Input {...control} name="card.name" autoComplete="cc-name" />}
      </Field>
      <Field label="Expires" hint="MM/YY" error={fields['card.expiry']} className="sm:col-span-3">
        {(control) => <Input {...control} name="card.expiry" inputMode="numeric" autoComplete="cc-exp" />}
      </Field>
      <Field label="Security code" hint="3 digits on the back" error={fields['card.cvc']} className="sm:col-span-3">
        {(control) => <Input {...control} name="card.cvc" inputMode="numeric" autoComplete="cc-csc" />}
      </Field>
    </fieldset>
  )
}

function grouped(number: string): string {
  return number.replace(/(\d{4})(?=\d)/g, '$1 ')
}
