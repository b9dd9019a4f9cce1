import { resumeRefunds as resume } from '#lib/orders/commands/refund'
import { SECOND_MS } from '#lib/time'
import type { Duty } from '../types.ts'

/** A refund whose node died is paid, or its provider asked again. */
export const resumeRefunds: Duty = {
  name: 'resume-refunds',
  periodMs: 3 * SECOND_MS,
  batch: 20,
  run: ({ batch }) => resume(batch),
}
