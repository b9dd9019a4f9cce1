import { transaction, type Tx } from '#lib/db'
import type { KernelCode } from '#lib/errors'
import { newId } from '#lib/ids'
import { publishTo } from '#lib/live/publish'
import { ok, refuse, type Result } from '#lib/result'
import type { ReviewCode } from './errors.ts'
import { isSame, mayChange, mayReview, shiftOf } from './rules.ts'
import type { ReviewInput } from './schema.ts'
import { moveProductRating, moveSellerRating } from './sql/rating.ts'
import {
  deleteReview,
  lockBought,
  lockReviewed,
  readLine,
  writeAnswer,
  writeHidden,
  writeReview,
  type LineRow,
} from './sql/review.ts'
import type { Said } from './types.ts'

/** What a command on reviews may refuse. What is not the asker's is not there. */
export type ReviewRefusal = ReviewCode | Extract<KernelCode, 'not-found'>

/** A line of an order, as its buyer names it. */
export interface BoughtLine {
  readonly number: string
  readonly lineId: string
  readonly buyerId: string
}

/**
 * Makes this what the buyer says about a line; said once more it changes nothing.
 * Guarantees: one review a line, of what has arrived; both ratings follow in the same transaction, and whoever looks at the
 * shop or the product hears of it after the commit.
 * Concurrency: under the seller order's lock, so a refund of the line comes before it or after it; the ratings' rows are locked
 * last, the shop's before the product's, and only until the commit that follows.
 * Refuses: not-found, not-received, given-back, own-shop, review-hidden.
 */
export function review(line: BoughtLine, input: ReviewInput): Promise<Result<null, ReviewRefusal>> {
  return transaction<null, ReviewRefusal>(async (tx) => {
    const row = await lockLine(tx, line)
    if (!row) return refuse('not-found')
    const before = saidOf(row)
    const allowed = before ? mayChange(before) : mayReview(row)
    if (!allowed.ok) return allowed
    if (before && isSame(before, input)) return ok(null)
    const after: Said = { ...input, hiddenAt: null }
    await tx.run(writeReview(newId(), row, after))
    await moveRatings(tx, row, before, after)
    return ok(null)
  })
}

/**
 * Takes back what the buyer says about a line; where nothing was said nothing changes. Ratings follow as in `review`.
 * Refuses: not-found, review-hidden.
 */
export function takeBack(line: BoughtLine): Promise<Result<null, ReviewRefusal>> {
  return transaction<null, ReviewRefusal>(async (tx) => {
    const row = await lockLine(tx, line)
    if (!row) return refuse('not-found')
    const before = saidOf(row)
    if (!before) return ok(null)
    const allowed = mayChange(before)
    if (!allowed.ok) return allowed
    await tx.run(deleteReview(row.lineId))
    await moveRatings(tx, row, before, null)
    return ok(null)
  })
}

/**
 * Makes this the shop's one answer to a review, for everyone to read; null takes it back.
 * Refuses: not-found, also where the review is another shop's or hidden.
 */
export function answer(ask: {
  readonly reviewId: string
  readonly sellerId: string
  readonly text: string | null
}): Promise<Result<null, 'not-found'>> {
  return transaction<null, 'not-found'>(async (tx) => {
    const { reviewId, sellerId, text } = ask
    const [row] = await tx.run(writeAnswer(reviewId, sellerId, text))
    if (!row) return refuse('not-found')
    await moveSeller(tx, { sellerId, ...row }, { up: 0, down: 0 })
    return ok(null)
  })
}

/**
 * Hides a review from everyone but its buyer and its shop, who read why, and takes it out of the ratings; with a reason of null
 * it is shown and counts again. For the market's operators.
 * Concurrency: under the same lock as the buyer's own changes. Refuses: not-found.
 */
export function hide(ask: {
  readonly reviewId: string
  readonly operatorId: string
  readonly reason: string | null
}): Promise<Result<null, 'not-found'>> {
  return transaction<null, 'not-found'>(async (tx) => {
    const { reviewId, operatorId, reason } = ask
    const [locked] = await tx.run(lockReviewed(reviewId))
    const [row] = locked ? await tx.run(readLine(locked.lineId)) : []
    const before = row ? saidOf(row) : null
    // Taken back while this waited for the lock, and perhaps written anew: that is another review.
    if (!row || !before || row.reviewId !== reviewId) return refuse('not-found')
    const [hidden] = await tx.run(writeHidden(reviewId, operatorId, reason))
    await moveRatings(tx, row, before, { ...before, hiddenAt: hidden?.hiddenAt ?? null })
    return ok(null)
  })
}

/** The line under its seller order's lock; null when the buyer has none such. */
async function lockLine(tx: Tx, { number, lineId, buyerId }: BoughtLine): Promise<LineRow | null> {
  const [locked, rows] = await Promise.all([tx.run(lockBought(number, lineId, buyerId)), tx.run(readLine(lineId))])
  return locked.length > 0 ? (rows[0] ?? null) : null
}

function saidOf({ reviewId, item, seller, text, hiddenAt }: LineRow): Said | null {
  return reviewId === null ? null : { item, seller, text: text ?? '', hiddenAt }
}

/** The shop's before the product's, for everybody. */
async function moveRatings(tx: Tx, line: LineRow, before: Said | null, after: Said | null): Promise<void> {
  await moveSeller(tx, line, shiftOf(before, after, 'seller'))
  tx.send(moveProductRating(line.productId, shiftOf(before, after, 'item')))
}

async function moveSeller(
  tx: Tx,
  { sellerId, productId }: Pick<LineRow, 'sellerId' | 'productId'>,
  shift: ReturnType<typeof shiftOf>,
): Promise<void> {
  const [rating] = await tx.run(moveSellerRating(sellerId, shift))
  if (rating) tx.afterCommit(() => publishTo(`shop:${sellerId}`, { type: 'rating', sellerId, productId, ...rating }))
}
