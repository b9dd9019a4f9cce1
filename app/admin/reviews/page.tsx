import { MessageSquare } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { HideBox } from '#components/admin/hide-box'
import { PageHeading } from '#components/layout/page-heading'
import { ReviewItem } from '#components/reviews/review-item'
import { Card } from '#components/ui/card'
import { EmptyState } from '#components/ui/empty-state'
import { Pagination } from '#components/ui/pagination'
import { listMarketReviews } from '#lib/reviews/queries'
import { reviewsQuery } from '#lib/reviews/schema'
import { requireOperator } from '../operator.ts'

export const metadata: Metadata = { title: 'Reviews' }

const PER_PAGE = 20

export default async function MarketReviewsPage({ searchParams }: PageProps<'/admin/reviews'>) {
  await requireOperator('/admin/reviews')
  const asked = reviewsQuery.shape.cursor.safeParse((await searchParams).cursor)
  const cursor = asked.success ? asked.data : undefined
  const { items, nextCursor } = await listMarketReviews({ cursor, limit: PER_PAGE })
  return (
    <>
      <PageHeading title="Reviews">
        What buyers say, the newest on top. What you hide is read by its buyer and its shop alone, and counts in no
        rating.
      </PageHeading>
      {items.length === 0 ? (
        <EmptyState icon={MessageSquare} title="No reviews yet">
          Buyers can say how it was once their order has arrived.
        </EmptyState>
      ) : (
        <Card className="max-w-3xl">
          <ul className="-my-5 divide-y divide-line">
            {items.map((review) => (
              <ReviewItem key={review.id} review={review} hasProduct>
                <p className="mt-2 text-sm text-muted">
                  Sold by{' '}
                  <Link href={`/shops/${review.shop.handle}`} className="wrap-anywhere underline underline-offset-4">
                    {review.shop.name}
                  </Link>
                </p>
                <HideBox id={review.id} by={review.by} hidden={review.hidden} />
              </ReviewItem>
            ))}
          </ul>
        </Card>
      )}
      <Pagination
        firstHref={cursor ? '/admin/reviews' : null}
        nextHref={nextCursor ? `/admin/reviews?cursor=${nextCursor}` : null}
      />
    </>
  )
}
