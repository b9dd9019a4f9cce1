import Link from 'next/link'
import type { ReactNode } from 'react'
import { Day } from '#components/ui/moment'
import type { BoughtLineView, ReviewView } from '#lib/reviews/schema'
import { ThumbBadge } from './thumb.tsx'

type Words = Pick<ReviewView, 'item' | 'seller' | 'text' | 'createdAt' | 'editedAt' | 'answer'>

/** A review as everyone reads it; where several products are together, with the one it is about. */
export function ReviewItem({
  review,
  hasProduct = false,
  children,
}: {
  review: ReviewView
  hasProduct?: boolean
  children?: ReactNode
}) {
  return (
    <li className="py-5">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-semibold wrap-anywhere">{review.by}</span>
        <span className="text-sm text-muted">
          <Day at={review.createdAt} />
          {review.editedAt ? ' · changed since' : ''}
        </span>
      </p>
      {hasProduct ? (
        <Link
          href={`/products/${review.product.slug}`}
          className="text-sm wrap-anywhere underline underline-offset-4 hover:text-accent"
        >
          {review.product.title}
        </Link>
      ) : null}
      <ReviewWords review={review} />
      {children}
    </li>
  )
}

/** What was said: the thumbs, the words as they were typed, and the shop's answer. */
export function ReviewWords({ review }: { review: Words | NonNullable<BoughtLineView['review']> }) {
  const { item, seller, text, answer } = review
  return (
    <>
      <p className="mt-2 flex flex-wrap gap-2">
        {item ? <ThumbBadge thumb={item} subject="The item" /> : null}
        {seller ? <ThumbBadge thumb={seller} subject="The shop" /> : null}
      </p>
      {text ? <p className="mt-2.5 max-w-prose leading-relaxed wrap-anywhere whitespace-pre-line">{text}</p> : null}
      {answer ? (
        <div className="mt-3 max-w-prose border-l-2 border-accent pl-4">
          <p className="text-sm font-semibold">
            The shop answers{' '}
            <span className="font-normal text-muted">
              · <Day at={answer.at} />
            </span>
          </p>
          <p className="mt-0.5 leading-relaxed wrap-anywhere whitespace-pre-line">{answer.text}</p>
        </div>
      ) : null}
    </>
  )
}
