import { publishQueued } from '#lib/inventory/commands/capacity'
import { SECOND_MS } from '#lib/time'
import type { Duty } from '../types.ts'

/** Pieces that waited for room go on sale. */
export const publishQueue: Duty = {
  name: 'publish-queue',
  periodMs: SECOND_MS,
  batch: Infinity,
  run: publishQueued,
}
