import { MessageSquare, ThumbsUp } from 'lucide-react'
import type { Metadata } from 'next'
import { PageHeading } from '#components/layout/page-heading'
import { ratingWords } from '#components/reviews/rating-words'
import { RefreshOnRating } from '#components/reviews/refresh-on-rating'
import { ShopReviewList } from '#components/reviews/shop-review-list'
import { Card } from '#components/ui/card'
import { EmptyState } from '#components/ui/empty-state'
import { Pagination } from '#components/ui/pagination'
import { listOwnReviews } from '#lib/reviews/queries'
import { reviewsQuery } from '#lib/reviews/schema'
import { requireShop } from '../shop.ts'

export const metadata: Metadata = { title: 'Reviews' }

const PER_PAGE = 20

export default async function SellerReviewsPage({ searchParams }: PageProps<'/sell/reviews'>) {
  const { sellerId } = await requireShop('/sell/reviews')
  const asked = reviewsQuery.shape.cursor.safeParse((await searchParams).cursor)
  const cursor = asked.success ? asked.data : undefined
  const { items, nextCursor, sellerRating } = await listOwnReviews(sellerId, { cursor, limit: PER_PAGE })
  return (
    <>
      <PageHeading title="Reviews">
        What buyers say about your shop and what it sold. Your answers stand below theirs, for everyone to read.
      </PageHeading>
      <RefreshOnRating sellerId={sellerId} />
      {items.length === 0 ? (
        <EmptyState icon={MessageSquare} title="No reviews yet">
          Buyers can say how it was once their order has arrived.
        </EmptyState>
      ) : (
        <div className="max-w-3xl">
          <p className="mb-5 flex items-center gap-2 text-lg font-semibold count">
            <ThumbsUp aria-hidden className="size-5 text-good" />
            {ratingWords(sellerRating)}
          </p>
          <Card>
            <ShopReviewList reviews={items} hasOrder />
          </Card>
        </div>
      )}
      <Pagination
        firstHref={cursor ? '/sell/reviews' : null}
        nextHref={nextCursor ? `/sell/reviews?cursor=${nextCursor}` : null}
      />
    </>
  )
}
