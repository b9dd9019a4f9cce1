import { db } from '#lib/db'
import { log } from '#lib/log'
import { SECOND_MS } from '#lib/time'
import { touchPayment } from '../sql/payment.ts'

/** A payment that was not touched for so long has lost whoever worked on it. Several beats, so that one may fail. */
export const STALE_MS = 10 * SECOND_MS

const BEAT_MS = 2 * SECOND_MS

/** Does the work on an order's payment and says every two seconds that somebody is on it, so that no reaper comes. */
export async function keepClaim<T>(orderId: string, work: () => Promise<T>): Promise<T> {
  const beat = () =>
    void db.run(touchPayment(orderId)).catch((error: unknown) => log().warn({ err: error, orderId }, 'claim not kept'))
  const timer = setInterval(beat, BEAT_MS)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
