import { db } from '#lib/db'
import { DAY_MS } from '#lib/time'
import { deleteReleased } from '../sql/order.ts'

/** Longer than anybody asks what became of a checkout, or a provider has something to say of it (Stripe's pages: a day). */
const KEEP_MS = 30 * DAY_MS

/** Forgets orders that came to nothing, with the addresses they were to be sent to. At most so many; returns how many. */
export async function forgetReleased(most: number): Promise<number> {
  return (await db.run(deleteReleased(KEEP_MS, most))).length
}
