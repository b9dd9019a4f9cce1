import { db } from '#lib/db'
import { env } from '#lib/env'
import { isId } from '#lib/ids'
import { readCheckout, readSandboxChallenge, readWaitingCheckout, type CheckoutRow } from '../sql/payment.ts'

/** Where the card is asked for: on the checkout's own form, or on a page of the provider. */
export function cardPlace(): 'form' | 'provider' {
  return env().STRIPE_SECRET_KEY ? 'provider' : 'form'
}

/** How a buyer's checkout stands; null when there is none or it is another's. */
export async function getCheckout(orderId: string, buyerId: string): Promise<CheckoutRow | null> {
  const [row] = isId(orderId) ? await db.run(readCheckout(orderId, buyerId)) : []
  return row ?? null
}

/** The buyer's checkout that waits for them; null when none does. */
export async function getWaitingCheckout(buyerId: string): Promise<CheckoutRow | null> {
  const [row] = await db.run(readWaitingCheckout(buyerId))
  return row ?? null
}

/** What the sandbox asks a buyer; null when it does not, or asks another. */
export async function getSandboxChallenge(token: string, buyerId: string) {
  const [row] = await db.run(readSandboxChallenge(token, buyerId))
  return row ?? null
}
