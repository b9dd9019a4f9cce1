import { db } from '#lib/db'
import { log } from '#lib/log'
import { sandbox } from '../payments/sandbox.ts'
import { claimStale } from '../sql/order.ts'
import { captureOrders, finishOrder } from './finish-order.ts'
import { keepClaim, STALE_MS } from './keep-claim.ts'

const MOST = 20

/**
 * Finishes checkouts that lost whoever worked on them: asks the provider what became of each, then pays or releases.
 * Guarantees: nothing is charged here; a charge still on its way is closed first, so that it comes too late.
 * Concurrency: any number of nodes at once; a claim keeps others away, and finishing twice changes nothing.
 * Returns how many were finished; those that failed are logged and come again.
 */
export async function resumeCheckouts(staleMs = STALE_MS): Promise<number> {
  const stale = await db.run(claimStale(staleMs, MOST))
  const outcomes = await Promise.allSettled(stale.map(resume))
  outcomes.forEach((outcome, index) => {
    if (outcome.status === 'fulfilled') return
    log().error({ err: outcome.reason as unknown, orderId: stale[index]?.orderId }, 'checkout not resumed')
  })
  return outcomes.filter((outcome) => outcome.status === 'fulfilled').length
}

async function resume({ orderId, providerKey }: { orderId: string; providerKey: string }): Promise<void> {
  const charge = await keepClaim(orderId, () => sandbox.close(providerKey))
  // Alone and not through the batcher: an order that cannot be finished shall hold no other back.
  if (charge.status === 'captured') await captureOrders([{ orderId, ref: charge.ref }])
  else await finishOrder(orderId, charge)
}
