import { db } from '#lib/db'
import { once } from '#lib/once'
import { expireAllPages, expirePages } from '#lib/pages/cache'
import { categoryTag, LISTS, productTag, sellerTag } from '#lib/pages/rules'
import { SECOND_MS } from '#lib/time'
import { listLatestEdits, type EditRow } from '../sql/edits.ts'

/** Well below what the statement looks back: whoever did not look for longer may have missed an edit. */
const LONGEST_GAP_MS = 30 * SECOND_MS

interface Watch {
  /** When it was last looked, on a clock that nobody sets; null before. */
  lookedAt: number | null
  /** What was seen, by what was edited and when; only what the statement may still bring. */
  seen: ReadonlySet<string>
}

/**
 * Ends the kept pages that show what was edited since the last look, on whichever node that was.
 * Guarantees: an edit is found by the first look after its commit, however long it was on the way there. After a gap, as when
 * the database was out of reach, no page stays.
 */
export async function freshenPages(): Promise<void> {
  const watch = once<Watch>('catalog.edits', () => ({ lookedAt: null, seen: new Set() }))
  const begun = performance.now()
  const rows = await db.run(listLatestEdits())
  if (watch.lookedAt === null || begun - watch.lookedAt > LONGEST_GAP_MS) expireAllPages()
  const edits = rows.map((row) => ({ ...row, mark: markOf(row) }))
  const news = edits.filter(({ mark }) => !watch.seen.has(mark))
  const tags = news.flatMap(({ productId, categorySlug, sellerHandle }) =>
    productId && categorySlug
      ? [productTag(productId), sellerTag(sellerHandle), categoryTag(categorySlug), LISTS]
      : [sellerTag(sellerHandle)],
  )
  expirePages([...new Set(tags)])
  watch.seen = new Set(edits.map(({ mark }) => mark))
  watch.lookedAt = begun
}

function markOf({ productId, sellerHandle, revision, editedAt }: EditRow): string {
  return `${productId ?? sellerHandle} ${revision} ${editedAt.getTime()}`
}
