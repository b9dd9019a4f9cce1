'use client'

import { MessageSquare } from 'lucide-react'
import { Alert } from '#components/ui/alert'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Skeleton } from '#components/ui/skeleton'
import { ReviewItem } from './review-item.tsx'
import { useReviews, type ReviewsOf } from './use-reviews.tsx'

/** What buyers say about a product, or about a shop and all it sold. The last thing on its page: it grows when it is read. */
export function ReviewSection({ of, title }: { of: ReviewsOf; title: string }) {
  const { shown, failed, isBusy, more, retry } = useReviews(of)
  return (
    <section id="reviews" aria-labelledby="reviews-title" className="page mt-14 scroll-mt-36 sm:mt-20 sm:scroll-mt-24">
      <h2 id="reviews-title" className="font-display text-2xl font-semibold tracking-tight sm:text-3xl">
        {title}
      </h2>
      {failed ? (
        <Alert
          tone="warn"
          title="The reviews could not be read"
          className="mt-5"
          action={
            <Button variant="secondary" size="sm" busy={isBusy} onClick={retry}>
              Try again
            </Button>
          }
        >
          {failed}
        </Alert>
      ) : null}
      {shown === null && !failed ? <ReviewsSkeleton /> : null}
      {shown?.items.length === 0 ? (
        <EmptyState icon={MessageSquare} title="No reviews yet" className="mt-5">
          Whoever bought {of.kind === 'product' ? 'it' : 'here'} can say how it was as soon as it has arrived.
        </EmptyState>
      ) : null}
      {shown && shown.items.length > 0 ? (
        <ul className="mt-3 divide-y divide-line">
          {shown.items.map((review) => (
            <ReviewItem key={review.id} review={review} hasProduct={of.kind === 'shop'} />
          ))}
        </ul>
      ) : null}
      {shown?.nextCursor ? (
        <Button variant="secondary" busy={isBusy} onClick={more} className="mt-4">
          Show older reviews
        </Button>
      ) : null}
    </section>
  )
}

/** As high as where nobody said anything yet. */
function ReviewsSkeleton() {
  return (
    <div className="mt-5 grid min-h-61 content-start gap-3" aria-hidden>
      <Skeleton className="h-5 w-48" />
      <Skeleton className="h-5 w-24" />
      <Skeleton className="h-16 max-w-prose" />
    </div>
  )
}
