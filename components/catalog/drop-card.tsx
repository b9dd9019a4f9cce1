'use client'

import { Timer } from 'lucide-react'
import Link from 'next/link'
import { useRef } from 'react'
import type { ShownCard } from '#lib/catalog/rules/still'
import type { DropView } from '#lib/catalog/schema'
import type { StockState } from '#lib/live/events'
import { Countdown } from '#components/live/countdown'
import { Badge } from '#components/ui/badge'
import { Picture } from '#components/ui/picture'
import { Progress } from '#components/ui/progress'
import { Skeleton } from '#components/ui/skeleton'
import { CardPrice } from './card-price.tsx'
import { useLiveStock } from './use-live-stock.tsx'
import { useIsOpen } from './use-open.tsx'

/** A drop: what opens when, and once it is open, how much of it is claimed this second. */
export function DropCard({ product }: { product: ShownCard & Pick<DropView, 'pieces'> }) {
  const card = useRef<HTMLElement>(null)
  const { states, serverNow } = useLiveStock(product, card)
  const opensAt = states?.[0]?.opensAt ?? null
  const isOpen = useIsOpen(opensAt, serverNow)
  return (
    <article
      ref={card}
      className="group relative grid overflow-hidden rounded-card border border-line bg-surface shadow-card sm:grid-cols-2"
    >
      <div className="relative aspect-[4/3] overflow-hidden bg-sunken sm:aspect-auto sm:min-h-80 xl:min-h-88">
        <Picture
          id={product.pictureId}
          alt=""
          sizes="(min-width: 640px) 32rem, 100vw"
          className="absolute inset-0 transition duration-500 ease-calm group-hover:scale-[1.025]"
        />
      </div>
      <div className="flex flex-col p-5 sm:p-8">
        <p>
          <Badge tone={states && isOpen ? 'good' : 'accent'}>
            <Timer aria-hidden /> {states ? (isOpen ? 'Open now' : 'Opens soon') : 'Drop'}
          </Badge>
        </p>
        <h3 className="mt-3 font-display text-2xl leading-tight font-semibold">
          <Link
            href={`/products/${product.slug}`}
            className="outline-none after:absolute after:inset-0 after:rounded-card focus-visible:after:outline-2 focus-visible:after:-outline-offset-4 focus-visible:after:outline-accent"
          >
            {product.title}
          </Link>
        </h3>
        <p className="mt-1 text-muted">{product.sellerName}</p>
        <CardPrice product={product} className="mt-3 min-h-7 text-lg" />
        <div className="mt-auto flex min-h-20 flex-col justify-end pt-6">
          {!states ? (
            <Skeleton className="h-10 w-3/5" />
          ) : isOpen || !opensAt ? (
            <Claimed stock={states} all={product.pieces} />
          ) : (
            <p className="flex flex-wrap items-baseline gap-x-2 text-muted">
              Opens in
              <span className="font-display text-4xl font-semibold text-ink count">
                <Countdown expiresAt={opensAt} serverNow={serverNow} />
              </span>
            </p>
          )}
        </div>
      </div>
    </article>
  )
}

/** Claimed is what was sold and what carts hold. The seller may have brought more since the page was made. */
function Claimed({ stock, all }: { stock: readonly StockState[]; all: number }) {
  const inHouse = stock.reduce((sum, state) => sum + state.onHand, 0)
  const pieces = Math.max(all, inHouse)
  const left = stock.reduce((sum, state) => sum + state.available, 0)
  const claimed = pieces - left
  return (
    <div>
      <p className="mb-2 flex justify-between gap-4 text-sm font-semibold count">
        <span>{left === 0 ? 'All claimed' : `${left} left`}</span>
        <span className="font-normal text-muted">
          {claimed} of {pieces} claimed
        </span>
      </p>
      <Progress value={claimed} max={Math.max(1, pieces)} label="Pieces claimed" tone={left === 0 ? 'bad' : 'accent'} />
    </div>
  )
}
