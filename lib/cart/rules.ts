import type { Cents } from '#lib/money'
import { DAY_MS } from '#lib/time'
import type { HoldKind, HoldState } from '#prisma/enums'

/** So long a browser keeps the cookie of a visitor's cart, and the market the cart: after that nobody can come back to it. */
export const VISITOR_CART_MS = 90 * DAY_MS

export type LineState = 'held' | 'lapsed' | 'checkout'

/** What a line is at this moment. A hold whose time is over has lapsed, also before anyone swept it. */
export function lineState(line: { kind: HoldKind; state: HoldState; expiresAt: Date }, now: Date): LineState {
  if (line.kind === 'checkout') return 'checkout'
  return line.state === 'held' && line.expiresAt > now ? 'held' : 'lapsed'
}

/** Exact sums of a cart: everything in it, and the part a checkout would charge now. */
export function totalsOf(lines: readonly { state: LineState; unitPriceCents: Cents; quantity: number }[]): {
  totalCents: Cents
  heldTotalCents: Cents
} {
  let totalCents = 0n
  let heldTotalCents = 0n
  for (const line of lines) {
    const cents = line.unitPriceCents * BigInt(line.quantity)
    totalCents += cents
    if (line.state === 'held') heldTotalCents += cents
  }
  return { totalCents, heldTotalCents }
}
