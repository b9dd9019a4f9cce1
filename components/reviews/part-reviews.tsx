import type { OrderLineView } from '#lib/orders/schema'
import type { BoughtLineView } from '#lib/reviews/schema'
import { LineReview } from './line-review.tsx'

interface PartReviewsProps {
  number: string
  lines: readonly OrderLineView[]
  reviews: readonly BoughtLineView[]
}

/** What the buyer says about one shop's part of an order, once there is something to say it about. */
export function PartReviews({ number, lines, reviews }: PartReviewsProps) {
  const shown = lines.flatMap((line) => {
    const bought = reviews.find((each) => each.lineId === line.id)
    return bought && (bought.canReview || bought.review) ? [{ line, bought }] : []
  })
  if (shown.length === 0) return null
  return (
    <section className="mt-6">
      <h3 className="mb-1 font-semibold">Your feedback</h3>
      <ul className="divide-y divide-line">
        {shown.map(({ line, bought }) => (
          <li key={line.id} className="py-4">
            <LineReview number={number} title={line.title} line={bought} />
          </li>
        ))}
      </ul>
    </section>
  )
}
