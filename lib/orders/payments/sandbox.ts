import { setTimeout as wait } from 'node:timers/promises'
import { db, sql } from '#lib/db'
import { env } from '#lib/env'
import { newSecret } from '#lib/ids'
import { CURRENCY, type Cents } from '#lib/money'
import { TEST_CARDS } from '../rules/card.ts'
import type { Charge, DeclineCode } from '../types.ts'
import type { ChargeRequest, PaymentProvider } from './provider.ts'

/** A provider that moves no money and takes test cards only. Its book is a table of its own, as a real one's would be. */
export const sandbox: PaymentProvider = {
  name: 'sandbox',
  takesCard: (card) => TEST_CARDS.some(({ number }) => number === card.number),
  async charge(request) {
    if (request.card.number === SLOW) await wait(env().SANDBOX_SLOW_MS)
    return enter(request, outcomeOf(request.card.number))
  },
  close: (key) => enter({ key, amountCents: 0n, currency: CURRENCY }, 'abandoned'),
}

const SLOW = '4000000000000077'

type Outcome = 'captured' | DeclineCode

function outcomeOf(number: string): Outcome {
  if (number === '4000000000000002') return 'card-declined'
  if (number === '4000000000009995') return 'insufficient-funds'
  return 'captured'
}

/** Writes a line of the book, or finds the one that stands: the first outcome of a key is the only one. */
async function enter(charge: Omit<ChargeRequest, 'card'>, outcome: Outcome): Promise<Charge> {
  const ref = `sandbox_${newSecret()}`
  const [written] = await db.run(insertCharge({ ...charge, ref, outcome }))
  const [row = written] = written ? [] : await db.run(readCharge(charge.key))
  if (!row) throw new Error(`The sandbox lost the charge ${charge.key}.`)
  if (row.outcome !== 'captured') return { status: 'declined', ref: row.ref, code: row.outcome }
  if (outcome === 'captured' && row.amountCents !== charge.amountCents) {
    throw new Error(`The key ${charge.key} was charged with another amount before.`)
  }
  return { status: 'captured', ref: row.ref }
}

interface ChargeRow {
  readonly key: string
  readonly ref: string
  readonly amountCents: Cents
  readonly outcome: Outcome
}

/** Index: sandbox_charge_pkey, on which two charges of one key meet. */
const insertCharge = (row: ChargeRow & { currency: string }) => sql<ChargeRow>`
  insert into sandbox_charge (key, ref, amount_cents, currency, outcome)
  values (${row.key}, ${row.ref}, ${row.amountCents}, ${row.currency}, ${row.outcome})
  on conflict (key) do nothing
  returning key, ref, amount_cents as "amountCents", outcome`

const readCharge = (key: string) => sql<ChargeRow>`
  select key, ref, amount_cents as "amountCents", outcome
  from sandbox_charge
  where key = ${key}`
