import Link from 'next/link'
import { Alert } from '#components/ui/alert'
import type { ShopReviewView } from '#lib/reviews/schema'
import { AnswerBox } from './answer-box.tsx'
import { ReviewItem } from './review-item.tsx'

interface ShopReviewListProps {
  reviews: readonly ShopReviewView[]
  /** Whether they are about several orders. */
  hasOrder?: boolean
}

/** Reviews as their shop reads them, each with the way to answer it. */
export function ShopReviewList({ reviews, hasOrder = false }: ShopReviewListProps) {
  return (
    <ul className="-my-5 divide-y divide-line">
      {reviews.map((review) => (
        <ReviewItem key={review.id} review={review} hasProduct>
          {review.hidden ? (
            <Alert tone="warn" title="The market has hidden this review" className="mt-3">
              {review.hidden.reason}
            </Alert>
          ) : (
            <AnswerBox id={review.id} by={review.by} answer={review.answer?.text ?? null} />
          )}
          {hasOrder ? (
            <Link
              href={`/sell/orders/${review.sellerOrderId}`}
              className="mt-1 inline-flex min-h-11 items-center text-sm text-accent underline"
            >
              Order {review.number}
            </Link>
          ) : null}
        </ReviewItem>
      ))}
    </ul>
  )
}
