import { db } from '#lib/db'
import { DAY_MS, SECOND_MS } from '#lib/time'
import { ok, refuse, type Result } from '#lib/result'
import { providerNamed } from '../payments/chosen.ts'
import type { PaymentProvider, ProviderEvent } from '../payments/provider.ts'
import { claimEvent, deleteOldEvents, dropClaim, markHandled, readPayment } from '../sql/payment.ts'
import { followPayment, giveBack } from './follow-payment.ts'

export interface Webhook {
  readonly provider: string
  /** The bytes as they came: what is signed. */
  readonly body: string
  readonly header: (name: string) => string | undefined
}

/** Longer than a node may work on an event; a copy that comes after it takes the event over. */
const LEASE_MS = 30 * SECOND_MS

/** Longer than any provider repeats an event (Stripe: three days). */
const KEEP_MS = 30 * DAY_MS

/**
 * Hears a provider's webhook: looks at the payment it is about, and makes the order what that has come to.
 * Guarantees: each event is worked on once, and one that could not be is taken when it comes again. What it says is not
 * believed, the provider is asked: late, twice or in another order than they happened, events lead to the same order.
 * Refuses: not-found (no such provider), bad-signature, busy (a copy of it is being worked on).
 */
export async function hearWebhook({
  provider: name,
  body,
  header,
}: Webhook): Promise<Result<void, 'not-found' | 'bad-signature' | 'busy'>> {
  const provider = await providerNamed(name)
  if (!provider) return refuse('not-found')
  const event = provider.verifyWebhook(body, header)
  if (!event) return refuse('bad-signature')
  if (!event.payment) return ok(undefined)
  const [row] = await db.run(claimEvent(name, event.id, LEASE_MS))
  if (row?.claim === 'handled') return ok(undefined)
  if (row?.claim !== 'mine') return refuse('busy')
  try {
    await lookAt(provider, event.payment)
  } catch (error) {
    await db.run(dropClaim(name, event.id))
    throw error
  }
  await db.run(markHandled(name, event.id))
  return ok(undefined)
}

async function lookAt(provider: PaymentProvider, about: NonNullable<ProviderEvent['payment']>): Promise<void> {
  const [known] = await db.run(readPayment(provider.name, about.key))
  // No payment of this market, or all is well.
  if (!known || known.status === 'captured') return
  // The event may be here before the answer to the request that made the payment. One that is over was closed without it.
  const payment = { ...known, ref: known.status === 'started' ? (known.ref ?? about.ref) : about.ref }
  const state = await provider.find(payment)
  if (known.status === 'started' && state) await followPayment(payment, state)
  else if (state?.status === 'captured') await giveBack(payment, state.ref)
}

/** Forgets events that nobody will send again. At most so many; returns how many. */
export async function forgetEvents(most: number): Promise<number> {
  return (await db.run(deleteOldEvents(KEEP_MS, most))).length
}
