import { db } from '#lib/db'
import { eachAlone } from '#lib/each'
import { env } from '#lib/env'
import type { Result } from '#lib/result'
import type { Actor } from '../rules/states.ts'
import type { SellerOrderStateView } from '../schema/progress.ts'
import { listOverdueShipped } from '../sql/seller-order.ts'
import { movePart, type MoveCode } from './move-on.ts'

/** It has arrived: from now on the time to complain runs. Refuses: not-found, wrong-state. */
export function receive(
  sellerOrderId: string,
  actor: Actor & { by: 'buyer' | 'timer' },
): Promise<Result<SellerOrderStateView, MoveCode>> {
  return movePart({ sellerOrderId, actor }, 'receive', 'delivered')
}

/**
 * What was shipped so long ago counts as delivered, though nobody said so. Returns how many were; the first fault is thrown when
 * the others are done.
 * Concurrency: any number of nodes at once; what another one moved on meanwhile is left alone.
 */
export async function receiveOverdue(afterMs = env().DELIVERED_AFTER_MS, most = 100): Promise<number> {
  const outcomes = await eachAlone(await db.run(listOverdueShipped(afterMs, most)), ({ id }) =>
    receive(id, { by: 'timer' }),
  )
  return outcomes.filter((outcome) => outcome.ok).length
}
