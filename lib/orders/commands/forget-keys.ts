import { db } from '#lib/db'
import { env } from '#lib/env'
import { deleteOldKeys } from '../sql/key.ts'

/** Forgets answered Idempotency-Keys after their time (24 h unless set otherwise). Returns how many. */
export async function forgetKeys(): Promise<number> {
  return (await db.run(deleteOldKeys(env().IDEMPOTENCY_TTL_MS))).length
}
