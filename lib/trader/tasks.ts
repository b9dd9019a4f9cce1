import { expire } from './duties/expire.ts'
import { cancelLate, receiveLate } from './duties/move-late.ts'
import { payBalances } from './duties/pay-out.ts'
import { pruneEvents, pruneKeys, pruneLines } from './duties/prune.ts'
import { publishQueue } from './duties/publish-queue.ts'
import { reapCheckouts } from './duties/reap-checkouts.ts'
import { resumeOpenPayouts } from './duties/resume-payouts.ts'
import { resumeRefunds } from './duties/resume-refunds.ts'
import { sendWebhooks } from './duties/send-webhooks.ts'
import { settle } from './duties/settle.ts'

/** All that the trader does. */
export const duties = [
  expire,
  publishQueue,
  settle,
  payBalances,
  resumeOpenPayouts,
  reapCheckouts,
  resumeRefunds,
  receiveLate,
  cancelLate,
  sendWebhooks,
  pruneLines,
  pruneKeys,
  pruneEvents,
] as const
