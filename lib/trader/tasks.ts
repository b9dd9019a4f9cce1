import { expire } from './duties/expire.ts'
import { freeJobs } from './duties/free-jobs.ts'
import { cancelLate, receiveLate } from './duties/move-late.ts'
import { payBalances } from './duties/pay-out.ts'
import { pruneCarts, pruneEvents, pruneKeys, pruneLines, pruneOrders } from './duties/prune.ts'
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
  freeJobs,
  pruneLines,
  pruneCarts,
  pruneOrders,
  pruneKeys,
  pruneEvents,
] as const
