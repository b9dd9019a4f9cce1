import { db } from '#lib/db'
import { env } from '#lib/env'
import type { Result } from '#lib/result'
import type { Actor } from '../rules/states.ts'
import type { SellerOrderStateView } from '../schema/progress.ts'
import { listOverdueShipped } from '../sql/seller-order.ts'
import { movePart, type MoveCode } from './move-on.ts'

const MOST = 100

/** It has arrived: from now on the time to complain runs. Refuses: not-found, wrong-state. */
export function receive(
  sellerOrderId: string,
  actor: Actor & { by: 'buyer' | 'timer' },
): Promise<Result<SellerOrderStateView, MoveCode>> {
  return movePart({ sellerOrderId, actor }, 'receive', 'delivered')
}

/**
 * What was shipped so long ago counts as delivered, though nobody said so. Returns how many were.
 * Concurrency: any number of nodes at once; what another one moved on meanwhile is left alone.
 */
export async function receiveOverdue(afterMs = env().DELIVERED_AFTER_MS): Promise<number> {
  let count = 0
  for (const { id } of await db.run(listOverdueShipped(afterMs, MOST))) {
    const received = await receive(id, { by: 'timer' })
    if (received.ok) count++
  }
  return count
}
