import Link from 'next/link'
import type { ShownCard } from '#lib/catalog/rules/still'
import { Badge } from '#components/ui/badge'
import { Picture } from '#components/ui/picture'
import { CardPrice, ReductionBadge } from './card-price.tsx'
import { CardStock } from './card-stock.tsx'
import { CONDITIONS } from './condition.tsx'

interface ProductCardProps {
  product: ShownCard
  /** For the cards of the first screen. */
  priority?: boolean
}

/** A product in a grid: picture first, then what, who, how much, and how many are there right now. */
export function ProductCard({ product, priority = false }: ProductCardProps) {
  const { id, variantIds, now } = product
  return (
    <article className="group relative flex flex-col has-data-gone:[&_img]:opacity-55 has-data-gone:[&_img]:saturate-50">
      <div className="relative aspect-square overflow-hidden rounded-card border border-line bg-sunken">
        <Picture
          id={product.pictureId}
          alt=""
          sizes="(min-width: 1280px) 20rem, (min-width: 640px) 33vw, 50vw"
          priority={priority}
          className="transition duration-500 ease-calm group-hover:scale-[1.035]"
        />
        <div className="absolute top-2.5 left-2.5 flex flex-wrap gap-1.5">
          {product.opensAt ? <Badge tone="accent">Drop</Badge> : null}
          <ReductionBadge product={{ id, variantIds, now }} />
          {product.condition === 'new' ? null : <Badge className="bg-surface">{CONDITIONS[product.condition]}</Badge>}
        </div>
      </div>
      <div className="mt-3 flex grow flex-col">
        <h3 className="line-clamp-2 leading-snug font-semibold">
          <Link
            href={`/products/${product.slug}`}
            className="outline-none after:absolute after:inset-0 after:rounded-card focus-visible:after:outline-2 focus-visible:after:outline-offset-4 focus-visible:after:outline-accent"
          >
            {product.title}
          </Link>
        </h3>
        <p className="mt-0.5 truncate text-sm text-muted">{product.sellerName}</p>
        <CardPrice product={{ id, variantIds, now }} className="mt-1.5 min-h-6" />
        <CardStock product={{ id, variantIds, now }} />
      </div>
    </article>
  )
}
