import type { Db } from '#lib/db'
import { progressOf } from '../rules/progress.ts'
import type { Progress, SellerOrderStateView } from '../schema/progress.ts'
import { listRefunds } from '../sql/refund.ts'
import { listEvents, readProgress } from '../sql/seller-order.ts'

/** How far seller orders are, by id. Three statements, however many they are. */
export async function readAllProgress(on: Db, ids: readonly string[]): Promise<Map<string, Progress>> {
  const states = await readStates(on, ids)
  return new Map(states.map(({ id, number: _, status: __, ...progress }) => [id, progress]))
}

/**
 * What a seller order has come to, for whoever just changed it: in the same transaction it is what that leaves.
 * The scope is the caller's: it has asked whose it is.
 */
export async function readState(on: Db, id: string): Promise<SellerOrderStateView> {
  const [state] = await readStates(on, [id])
  if (!state) throw new Error(`There is no seller order ${id}.`)
  return state
}

async function readStates(on: Db, ids: readonly string[]): Promise<SellerOrderStateView[]> {
  if (ids.length === 0) return []
  const [parts, refunds, events] = await Promise.all([
    on.run(readProgress(ids)),
    on.run(listRefunds(ids)),
    on.run(listEvents(ids)),
  ])
  const refundsOf = Map.groupBy(refunds, (refund) => refund.sellerOrderId)
  const eventsOf = Map.groupBy(events, (event) => event.sellerOrderId)
  return parts.map((part) => ({
    id: part.id,
    number: part.number,
    status: part.status,
    ...progressOf(part, refundsOf.get(part.id) ?? [], eventsOf.get(part.id) ?? []),
  }))
}
