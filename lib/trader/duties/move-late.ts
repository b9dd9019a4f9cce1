import { receiveOverdue } from '#lib/orders/commands/receive'
import { cancelOverdue } from '#lib/orders/commands/refund'
import { MINUTE_MS } from '#lib/time'
import type { Duty } from '../types.ts'

/** What people leave lying: what was sent so long ago has arrived. */
export const receiveLate: Duty = {
  name: 'receive-late',
  periodMs: MINUTE_MS,
  batch: 100,
  run: ({ batch }) => receiveOverdue(undefined, batch),
}

/** What was never sent is called off, and its buyer gets the money back. */
export const cancelLate: Duty = {
  name: 'cancel-late',
  periodMs: MINUTE_MS,
  batch: 20,
  run: ({ batch }) => cancelOverdue(undefined, batch),
}
