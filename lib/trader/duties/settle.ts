import { settleDue } from '#lib/orders/commands/settle'
import { SECOND_MS } from '#lib/time'
import type { Duty } from '../types.ts'

/** Money whose buyers may not complain any more becomes the sellers'. Once per seller order: the ledger's unique key. */
export const settle: Duty = {
  name: 'settle',
  periodMs: 2 * SECOND_MS,
  batch: 100,
  run: ({ batch }) => settleDue(batch),
}
