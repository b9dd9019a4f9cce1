import { MINUTE_MS, SECOND_MS } from '#lib/time'
import { forgetKeys } from './commands/forget-keys.ts'
import { resumeCheckouts } from './commands/resume-checkouts.ts'

/** Every few seconds: a checkout whose node died is paid or released, within half a minute of its death. */
export const reapCheckouts = { name: 'reap-checkouts', everyMs: 3 * SECOND_MS, run: () => resumeCheckouts() }

/** Now and then: repeats of requests from yesterday are not expected any more. */
export const sweepKeys = { name: 'sweep-keys', everyMs: 10 * MINUTE_MS, run: forgetKeys }
