import { env } from '#lib/env'
import { once } from '#lib/once'
import type { PaymentProvider, ProviderName } from './provider.ts'
import { sandbox } from './sandbox.ts'

/** The provider that new payments go to: Stripe where it is set up, else the sandbox. `lib/env` refuses half a setting. */
export function chosenName(): ProviderName {
  return env().STRIPE_SECRET_KEY ? 'stripe' : 'sandbox'
}

/**
 * The provider of a payment that was made before, which may not be the chosen one any more.
 * Null: it is not one of ours, or not set up. The SDK is loaded where it is used: a market in the sandbox never reads it.
 */
export async function providerNamed(name: string): Promise<PaymentProvider | null> {
  if (name === 'sandbox') return sandbox
  const { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET } = env()
  if (name !== 'stripe' || !STRIPE_SECRET_KEY || !STRIPE_WEBHOOK_SECRET) return null
  const { newStripe } = await import('./stripe.ts')
  return once('stripe', () => newStripe({ secretKey: STRIPE_SECRET_KEY, webhookSecret: STRIPE_WEBHOOK_SECRET }))
}

/** `providerNamed`, where there has to be one. */
export async function requireProvider(name: string): Promise<PaymentProvider> {
  const provider = await providerNamed(name)
  if (!provider) throw new Error(`There are payments of the provider ${name}, which is not set up.`)
  return provider
}
