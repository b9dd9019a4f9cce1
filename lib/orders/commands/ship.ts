import type { Result } from '#lib/result'
import type { Actor } from '../rules/states.ts'
import type { SellerOrderStateView } from '../schema/progress.ts'
import type { ShipInput } from '../schema/seller-order.ts'
import { movePart, type MoveCode } from './move-on.ts'

/**
 * The seller has sent it. Said again, it puts carrier and tracking number right; the moment stays the first.
 * Refuses: not-found, wrong-state.
 */
export function ship(
  sellerOrderId: string,
  actor: Actor & { by: 'seller' },
  { carrier, trackingNumber }: ShipInput,
): Promise<Result<SellerOrderStateView, MoveCode>> {
  const shipment = { carrier: carrier || null, trackingNumber: trackingNumber || null }
  return movePart({ sellerOrderId, actor, shipment }, 'ship', 'shipped')
}
