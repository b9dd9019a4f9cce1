import { resumeCheckouts } from '#lib/orders/commands/resume-checkouts'
import { SECOND_MS } from '#lib/time'
import type { Duty } from '../types.ts'

/** A checkout whose node died is paid or released, within half a minute of its death, the time of an election included. */
export const reapCheckouts: Duty = {
  name: 'reap-checkouts',
  periodMs: 3 * SECOND_MS,
  batch: 20,
  run: ({ batch }) => resumeCheckouts(undefined, batch),
}
