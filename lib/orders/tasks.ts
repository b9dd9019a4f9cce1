import { MINUTE_MS, SECOND_MS } from '#lib/time'
import { forgetKeys } from './commands/forget-keys.ts'
import { forgetEvents } from './commands/hear-webhook.ts'
import { receiveOverdue } from './commands/receive.ts'
import { cancelOverdue, resumeRefunds } from './commands/refund.ts'
import { resumeCheckouts } from './commands/resume-checkouts.ts'
import { sendSandboxWebhooks } from './commands/send-webhooks.ts'

/** Every few seconds: a checkout whose node died is paid or released, within half a minute of its death. */
export const reapCheckouts = { name: 'reap-checkouts', everyMs: 3 * SECOND_MS, run: () => resumeCheckouts() }

/** Now and then: repeats of requests from yesterday are not expected any more. */
export const sweepKeys = { name: 'sweep-keys', everyMs: 10 * MINUTE_MS, run: forgetKeys }

/** Each second: what the sandbox has to say that nobody asked it. */
export const sendWebhooks = { name: 'send-webhooks', everyMs: SECOND_MS, run: sendSandboxWebhooks }

/** Now and then: providers repeat an event for some days and no longer. */
export const sweepEvents = { name: 'sweep-events', everyMs: 60 * MINUTE_MS, run: forgetEvents }

/** Every few seconds: a refund whose node died is paid, or its provider asked again. */
export const reapRefunds = { name: 'reap-refunds', everyMs: 3 * SECOND_MS, run: resumeRefunds }

/** Each minute: what people leave lying. What must have arrived has; what was never sent is called off. */
export const receiveLate = { name: 'receive-late', everyMs: MINUTE_MS, run: () => receiveOverdue() }
export const cancelLate = { name: 'cancel-late', everyMs: MINUTE_MS, run: () => cancelOverdue() }
