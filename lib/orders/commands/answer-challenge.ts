import { db } from '#lib/db'
import { ok, refuse, type Result } from '#lib/result'
import { requireProvider } from '../payments/chosen.ts'
import { answerChallenge } from '../payments/sandbox.ts'
import { readOwnWaiting, readSandboxChallenge } from '../sql/payment.ts'
import { followPayment } from './follow-payment.ts'

/**
 * The buyer's answer on the sandbox's own page, as a bank would take it. The market hears of it by webhook.
 * Guarantees: the first answer counts. Returns where the buyer goes back to.
 * Refuses: not-found (no such challenge, or another's), challenge-over.
 */
export async function answerSandboxChallenge(answer: {
  token: string
  buyerId: string
  isApproved: boolean
}): Promise<Result<{ returnUrl: string }, 'not-found' | 'challenge-over'>> {
  const [challenge] = await db.run(readSandboxChallenge(answer.token, answer.buyerId))
  if (!challenge) return refuse('not-found')
  const isFirst = await answerChallenge(challenge.key, answer.isApproved)
  return isFirst ? ok({ returnUrl: `${challenge.returnUrl}&answered=1` }) : refuse('challenge-over')
}

/**
 * Gives up a payment that waits for its buyer: the pieces go back to the cart at once instead of at the deadline.
 * Guarantees: closed at the provider first; one that was approved meanwhile is paid, not given up.
 * Refuses: not-found (nothing of this buyer's waits under this number).
 */
export async function giveUpPayment(number: string, buyerId: string): Promise<Result<{ number: string }, 'not-found'>> {
  const [payment] = await db.run(readOwnWaiting(number, buyerId))
  if (!payment) return refuse('not-found')
  const provider = await requireProvider(payment.provider)
  await followPayment(payment, await provider.close(payment))
  return ok({ number })
}
