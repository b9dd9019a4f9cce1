import { MessageSquare, ThumbsUp } from 'lucide-react'
import Link from 'next/link'
import { CardSection } from '#components/ui/card'
import { EmptyState } from '#components/ui/empty-state'
import type { FeedbackGlanceView } from '#lib/insights/schema'
import type { OwnReviewsView } from '#lib/reviews/schema'
import { ratingWords } from './rating-words.tsx'
import { RefreshOnRating } from './refresh-on-rating.tsx'
import { ReviewItem } from './review-item.tsx'

interface NewestReviewsProps {
  reviews: OwnReviewsView
  feedback: FeedbackGlanceView
}

/** What buyers think of the shop, what is new of it, and what waits for an answer. */
export function NewestReviews({ reviews, feedback }: NewestReviewsProps) {
  const { items, sellerRating } = reviews
  return (
    <CardSection
      title="What buyers say"
      action={
        <Link href="/sell/reviews" className="inline-flex min-h-11 items-center font-semibold text-accent underline">
          All reviews
        </Link>
      }
    >
      <RefreshOnRating sellerId={sellerRating.sellerId} />
      {items.length === 0 ? (
        <EmptyState icon={MessageSquare} title="No reviews yet" className="py-10">
          Buyers can say how it was once their order has arrived.
        </EmptyState>
      ) : (
        <>
          <p className="flex items-center gap-2 font-semibold count">
            <ThumbsUp aria-hidden className="size-4.5 text-good" />
            {ratingWords(sellerRating)}
          </p>
          <p className="mt-1 text-sm text-muted count">
            {feedback.week} new in the last 7 days · {feedback.unanswered} without an answer
          </p>
          <ul className="mt-2 -mb-5 divide-y divide-line">
            {items.map((review) => (
              <ReviewItem key={review.id} review={review} hasProduct />
            ))}
          </ul>
        </>
      )}
    </CardSection>
  )
}
