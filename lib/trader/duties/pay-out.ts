import { SECOND_MS } from '#lib/time'
import { payOut } from '../commands/pay-out.ts'
import type { Duty } from '../types.ts'

/** Balances that are due go to their sellers. One open payout per seller, one transfer per payout: unique keys. */
export const payBalances: Duty = {
  name: 'pay-out',
  periodMs: 5 * SECOND_MS,
  batch: 20,
  run: ({ epoch, batch }) => payOut({ epoch, most: batch }),
}
