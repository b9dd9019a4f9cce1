import { log } from '#lib/log'
import { markSent, SIGNATURE_HEADER, takeWebhooks, type SandboxWebhook } from '../payments/sandbox.ts'
import { hearWebhook } from './hear-webhook.ts'

/**
 * The sandbox sends what is due: the same bytes, signature and entrance that a webhook from outside has, without the way
 * through the network, which would need to know where this node can be reached.
 * Concurrency: any number of nodes. One that cannot be heard comes again. Returns how many were sent.
 */
export async function sendSandboxWebhooks(): Promise<number> {
  const due = await takeWebhooks()
  for (const webhook of due) await send(webhook)
  return due.length
}

async function send({ id, body, signature }: SandboxWebhook): Promise<void> {
  try {
    const header = (name: string) => (name === SIGNATURE_HEADER ? signature : undefined)
    const heard = await hearWebhook({ provider: 'sandbox', body, header })
    if (heard.ok) await markSent(id)
  } catch (error) {
    log().warn({ err: error, eventId: id }, 'sandbox webhook not heard')
  }
}
