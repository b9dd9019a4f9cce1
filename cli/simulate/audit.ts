import { db, sql } from '#lib/db'
import { Fault } from '#lib/embedded/fault'
import { withDatabase } from '../database.ts'
import { auditBooks } from '../runner/audit.ts'

/** Audits the market in which these people are, where its database is the one this machine is set up for; null where it is not. */
export async function auditAt(handles: readonly string[]): Promise<{ breaches: number; words: string } | null> {
  try {
    return await withDatabase(async () => {
      const known = await db.run(sql`select id from app_user where handle = any(${handles}::text[])`)
      return known.length === handles.length ? await auditBooks() : null
    })
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
}
