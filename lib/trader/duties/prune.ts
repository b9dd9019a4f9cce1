import { forgetLines } from '#lib/inventory/commands/hold'
import { forgetKeys } from '#lib/orders/commands/forget-keys'
import { forgetEvents } from '#lib/orders/commands/hear-webhook'
import { MINUTE_MS } from '#lib/time'
import type { Duty } from '../types.ts'

/** Lines out of a cart that no limit needs any more. */
export const pruneLines: Duty = { name: 'prune-lines', periodMs: MINUTE_MS, batch: 1_000, run: forgetLines }

/** Answers of yesterday, whose repeats are not expected any more. */
export const pruneKeys: Duty = { name: 'prune-keys', periodMs: 10 * MINUTE_MS, batch: Infinity, run: forgetKeys }

/** Events that providers do not repeat any more. */
export const pruneEvents: Duty = { name: 'prune-events', periodMs: 60 * MINUTE_MS, batch: Infinity, run: forgetEvents }
