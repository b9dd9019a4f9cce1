import { forgetVisitorCarts } from '#lib/cart/commands'
import { forgetLines } from '#lib/inventory/commands/hold'
import { forgetKeys } from '#lib/orders/commands/forget-keys'
import { forgetReleased } from '#lib/orders/commands/forget-released'
import { forgetEvents } from '#lib/orders/commands/hear-webhook'
import { MINUTE_MS } from '#lib/time'
import type { Duty } from '../types.ts'

/** Lines out of a cart that no limit needs any more. */
export const pruneLines: Duty = { name: 'prune-lines', periodMs: MINUTE_MS, batch: 1_000, run: forgetLines }

/** Visitors' carts that nobody can come back to. */
export const pruneCarts: Duty = {
  name: 'prune-carts',
  periodMs: 10 * MINUTE_MS,
  batch: 1_000,
  run: ({ batch }) => forgetVisitorCarts(batch),
}

/** Orders that came to nothing. */
export const pruneOrders: Duty = {
  name: 'prune-orders',
  periodMs: 10 * MINUTE_MS,
  batch: 500,
  run: ({ batch }) => forgetReleased(batch),
}

/** Answers of yesterday, whose repeats are not expected any more. */
export const pruneKeys: Duty = {
  name: 'prune-keys',
  periodMs: 10 * MINUTE_MS,
  batch: 1_000,
  run: ({ batch }) => forgetKeys(batch),
}

/** Events that providers do not repeat any more. */
export const pruneEvents: Duty = {
  name: 'prune-events',
  periodMs: 60 * MINUTE_MS,
  batch: 1_000,
  run: ({ batch }) => forgetEvents(batch),
}
