import { ok, refuse, type Result } from './result.ts'

/** The revisions that an edit may be made of, as If-Match named them; null: of whichever there is. */
export type Expected = readonly string[] | null

/**
 * Whether an edit was made of what is there now. To be asked under the lock of what is edited, never before it.
 * Refuses: changed-meanwhile, with the revision that is there.
 */
export function checkRevision(revision: number | string, expected: Expected = null): Result<null, 'changed-meanwhile'> {
  if (expected === null || expected.includes(String(revision))) return ok(null)
  return refuse('changed-meanwhile', { revision })
}
