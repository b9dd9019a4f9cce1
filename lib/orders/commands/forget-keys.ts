import { db } from '#lib/db'
import { env } from '#lib/env'
import { deleteOldKeys } from '../sql/key.ts'

/** Forgets answered Idempotency-Keys after their time (24 h unless set otherwise). At most so many; returns how many. */
export async function forgetKeys(most: number): Promise<number> {
  return (await db.run(deleteOldKeys(env().IDEMPOTENCY_TTL_MS, most))).length
}
