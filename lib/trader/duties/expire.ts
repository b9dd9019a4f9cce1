import { reclaimDue } from '#lib/inventory/commands/hold'
import type { Duty } from '../types.ts'

/**
 * Twice a second, so that browsers see within one that a hold or an offer is over, or a drop open: its pieces go to the next in
 * line, or are free.
 */
export const expire: Duty = {
  name: 'expire',
  periodMs: 500,
  batch: 500,
  run: ({ batch }) => reclaimDue(batch),
}
