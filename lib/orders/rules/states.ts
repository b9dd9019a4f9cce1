import { ok, refuse, type Result } from '#lib/result'
import type { Mover, SellerOrderStatus } from '#prisma/enums'
import type { OrderCode } from '../errors.ts'

/** Who moves a seller order on: its shop, its buyer under the order's number, the clock, or the market's own people. */
export type Actor =
  | { readonly by: 'seller'; readonly sellerId: string; readonly userId: string }
  | { readonly by: 'buyer'; readonly userId: string; readonly number: string }
  | { readonly by: 'market'; readonly userId: string }
  | { readonly by: 'timer' }

export type Action = 'ship' | 'cancel' | 'receive' | 'dispute' | 'close-dispute' | 'settle' | 'refund'

/** What has happened to a seller order so far. Its status is what these come to, so that nothing is forgotten on the way. */
export interface Milestones {
  readonly shippedAt: Date | null
  readonly deliveredAt: Date | null
  readonly disputedAt: Date | null
  readonly cancelledAt: Date | null
  readonly settledAt: Date | null
  /** Whether all pieces of all lines are refunded, or on the way to it. */
  readonly isRefunded: boolean
}

export interface Part extends Milestones {
  readonly status: SellerOrderStatus
  /** Refunds on their way to the buyer. */
  readonly pendingRefunds: number
}

const NOBODY: readonly Mover[] = []

/** Who may do what, by the status it is done in. What is not here nobody may do. */
export const MOVES: Readonly<Record<Action, Readonly<Partial<Record<SellerOrderStatus, readonly Mover[]>>>>> = {
  // Once more, to put a tracking number right.
  ship: { paid: ['seller'], shipped: ['seller'] },
  cancel: { paid: ['seller', 'buyer', 'timer', 'market'] },
  receive: { shipped: ['buyer', 'timer'] },
  dispute: { shipped: ['buyer'], delivered: ['buyer'] },
  // The seller ends one by a refund: whoever is complained about does not judge the complaint.
  'close-dispute': { disputed: ['buyer', 'market'] },
  settle: { delivered: ['timer'] },
  // A cancelled one too: its refund may have failed.
  refund: {
    paid: ['seller', 'market'],
    shipped: ['seller', 'market'],
    delivered: ['seller', 'market'],
    settled: ['seller', 'market'],
    disputed: ['seller', 'market'],
    cancelled: ['seller', 'market'],
  },
}

export function canMove(status: SellerOrderStatus, action: Action, by: Mover): boolean {
  return (MOVES[action][status] ?? NOBODY).includes(by)
}

/** The one word for what has happened to a seller order whose order is paid. */
export function statusOf(part: Milestones): SellerOrderStatus {
  if (part.cancelledAt) return 'cancelled'
  if (part.isRefunded) return 'refunded'
  if (part.settledAt) return 'settled'
  if (part.disputedAt) return 'disputed'
  if (part.deliveredAt) return 'delivered'
  return part.shippedAt ? 'shipped' : 'paid'
}

/**
 * A seller order after somebody did something to it now; what a refund gives back is not decided here.
 * Guarantees: a buyer may complain until `disputeMs` after the delivery, and not a moment before that it is settled; nothing is
 * settled while a refund is on its way, which might come back.
 * Refuses: wrong-state, dispute-over. Units: milliseconds.
 */
export function moveOn(
  part: Part,
  move: { readonly action: Action; readonly by: Mover; readonly now: Date; readonly disputeMs: number },
): Result<Part, OrderCode> {
  const { action, by, now, disputeMs } = move
  if (!canMove(part.status, action, by)) return refuse('wrong-state', { status: part.status })
  const endsAt = part.deliveredAt && part.deliveredAt.getTime() + disputeMs
  const isOpen = endsAt === null || now.getTime() < endsAt
  if (action === 'dispute' && !isOpen) return refuse('dispute-over')
  if (action === 'settle' && (isOpen || part.pendingRefunds > 0)) return refuse('wrong-state', { status: part.status })
  const next = { ...part, ...changeOf(part, action, now) }
  return ok({ ...next, status: statusOf(next) })
}

function changeOf(part: Part, action: Action, now: Date): Partial<Milestones> {
  switch (action) {
    case 'ship':
      return { shippedAt: part.shippedAt ?? now }
    case 'cancel':
      return { cancelledAt: now }
    case 'receive':
      return { deliveredAt: now }
    case 'dispute':
      return { disputedAt: now }
    case 'close-dispute':
      return { disputedAt: null }
    case 'settle':
      return { settledAt: now }
    case 'refund':
      return {}
  }
}
