import { SECOND_MS } from '#lib/time'
import { resumePayouts } from '../commands/pay-out.ts'
import type { Duty } from '../types.ts'

/** A payout whose trader is gone is gone on with as soon as there is another. */
export const resumeOpenPayouts: Duty = {
  name: 'resume-payouts',
  periodMs: 3 * SECOND_MS,
  batch: 20,
  run: ({ epoch, batch }) => resumePayouts({ epoch, most: batch }),
}
