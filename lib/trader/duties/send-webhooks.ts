import { sendSandboxWebhooks } from '#lib/orders/commands/send-webhooks'
import { SECOND_MS } from '#lib/time'
import type { Duty } from '../types.ts'

/** What the sandbox has to say that nobody asked it. */
export const sendWebhooks: Duty = {
  name: 'send-webhooks',
  periodMs: SECOND_MS,
  batch: 20,
  run: sendSandboxWebhooks,
}
