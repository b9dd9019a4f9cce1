import type { Result } from '#lib/result'
import type { Actor } from '../rules/states.ts'
import type { SellerOrderStateView } from '../schema/progress.ts'
import { movePart, type MoveCode } from './move-on.ts'

/**
 * The buyer complains: nothing is settled until the dispute is closed or all is refunded.
 * Refuses: not-found, wrong-state, dispute-over.
 */
export function dispute(
  sellerOrderId: string,
  actor: Actor & { by: 'buyer' },
  reason: string,
): Promise<Result<SellerOrderStateView, MoveCode>> {
  return movePart({ sellerOrderId, actor, note: reason }, 'dispute', 'disputed')
}

/**
 * The buyer is content, or the market has judged: the seller order is where it was before the dispute, and due when it would
 * have been. Refuses: not-found, wrong-state.
 */
export function closeDispute(
  sellerOrderId: string,
  actor: Actor & { by: 'buyer' | 'market' },
  reason: string,
): Promise<Result<SellerOrderStateView, MoveCode>> {
  return movePart({ sellerOrderId, actor, note: reason }, 'close-dispute', 'dispute_closed')
}
