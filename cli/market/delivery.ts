import { confirm, select, text } from '@clack/prompts'
import * as z from 'zod'
import { cardDigits, TEST_CARDS } from '#lib/orders/rules/card'
import { addressInput } from '#lib/orders/schema'
import { askOn, type Ask } from '../terminal/ask.ts'
import { notBegun } from '../terminal/failure.ts'
import type { Screen } from '../terminal/screen.ts'
import { keep, readKept } from './credentials.ts'

/** Where an order goes, and which test card pays it. */
export interface Delivery {
  readonly address: z.output<typeof addressInput>
  readonly card: { readonly number: string; readonly name: string; readonly expiry: string; readonly cvc: string }
}

const FIELDS = ['name', 'line1', 'postalCode', 'city', 'country'] as const
type Field = (typeof FIELDS)[number]

const profile = z.object({ address: addressInput.partial(), card: z.string().optional() })

/** Options of whatever buys. */
export const DELIVERY = {
  name: { type: 'string', description: 'who it is sent to' },
  street: { type: 'string', description: 'street and number' },
  'postal-code': { type: 'string', description: 'the postal code' },
  city: { type: 'string', description: 'the town' },
  country: { type: 'string', valueHint: 'code', description: 'where to, such as DE' },
  card: { type: 'string', valueHint: 'number', description: 'a test card of the market (the one that pays)' },
  remember: { type: 'boolean', description: 'keep address and card for the next time, in profile.json' },
} as const

type Typed = Readonly<Partial<Record<keyof typeof DELIVERY, unknown>>>

const QUESTIONS: Readonly<Record<Field, string>> = {
  name: 'Who shall it be sent to?',
  line1: 'Street and number',
  postalCode: 'Postal code',
  city: 'Town',
  country: 'Country, as a code such as DE',
}

/**
 * Where to send it and what pays: what was typed, else what was kept, else what somebody answers. Refuses: a gap that nobody can
 * be asked about, and any card that is not one of the test cards: no other one is ever sent.
 */
export async function readDelivery(typed: Typed, screen: Screen, ask: Ask = askOn(process.stderr, null)) {
  const kept = (await readKept('profile.json', profile)) ?? { address: {} }
  const given = { name: typed.name, line1: typed.street, postalCode: typed['postal-code'], city: typed.city }
  const country = typeof typed.country === 'string' ? typed.country.toUpperCase() : undefined
  const known: Partial<Record<Field | 'line2', string>> = { ...kept.address, ...defined({ ...given, country }) }
  const missing = FIELDS.filter((field) => !known[field])
  if (missing.length > 0 && !screen.canAsk) {
    const options = missing.map((field) => `--${OPTIONS[field]}`).join(', ')
    throw notBegun('no-address', `It is not known where to send it: say ${options}.`)
  }
  for (const field of missing) known[field] = await askFor(field, ask)
  const address = addressInput.safeParse(known)
  if (!address.success) {
    const faults = address.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`)
    throw notBegun('bad-address', 'Nothing can be sent to this address.', faults.join('\n'))
  }
  const number = await readCard(typed.card, kept.card, missing.length > 0 ? ask : null)
  const isAsked = missing.length > 0 && screen.canAsk && !typed.remember
  const isKept =
    typed.remember === true ||
    (isAsked && (await ask<boolean>((asking) => confirm({ ...asking, message: 'Keep this for the next time?' }))))
  if (isKept) await keep('profile.json', { address: address.data, card: number })
  const expiry = `12/${String((new Date().getUTCFullYear() + 1) % 100).padStart(2, '0')}`
  return { address: address.data, card: { number, name: address.data.name, expiry, cvc: '123' } } satisfies Delivery
}

const OPTIONS = { name: 'name', line1: 'street', postalCode: 'postal-code', city: 'city', country: 'country' } as const

function askFor(field: Field, ask: Ask): Promise<string> {
  const shape = addressInput.shape[field]
  return ask<string>((asking) =>
    text({
      ...asking,
      message: QUESTIONS[field],
      validate: (value) =>
        shape.safeParse(field === 'country' ? value?.toUpperCase() : value).error?.issues[0]?.message,
    }),
  ).then((value) => (field === 'country' ? value.toUpperCase() : value))
}

async function readCard(typed: unknown, kept: string | undefined, ask: Ask | null): Promise<string> {
  const [usual] = TEST_CARDS
  if (typed === undefined && !kept && ask) {
    const options = TEST_CARDS.map(({ number, meaning }) => ({
      value: number,
      label: `${grouped(number)}  ${meaning}`,
    }))
    return ask<string>((asking) => select({ ...asking, message: 'Test card', options }))
  }
  const number = cardDigits(typeof typed === 'string' ? typed : (kept ?? usual?.number ?? ''))
  if (TEST_CARDS.some((card) => card.number === number)) return number
  const list = TEST_CARDS.map((card) => `  ${grouped(card.number)}  ${card.meaning}`).join('\n')
  throw notBegun('unknown-test-card', 'No money moves here, so only test cards work.', `These:\n${list}`)
}

function grouped(number: string): string {
  return number.replace(/(\d{4})(?=\d)/g, '$1 ')
}

function defined(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((each): each is [string, string] => typeof each[1] === 'string'),
  )
}
