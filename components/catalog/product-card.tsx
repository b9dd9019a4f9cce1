import Link from 'next/link'
import type { ProductCardView } from '#lib/catalog/schema'
import { Badge } from '#components/ui/badge'
import { Picture } from '#components/ui/picture'
import { CardStock } from './card-stock.tsx'
import { CONDITIONS } from './condition.tsx'
import { Price, reductionPercent } from './price.tsx'
import { serverNow } from './server-now.tsx'

interface ProductCardProps {
  product: ProductCardView
  /** For the cards of the first screen. */
  priority?: boolean
}

/** A product in a grid: picture first, then what, who, how much, and how many are there right now. */
export function ProductCard({ product, priority = false }: ProductCardProps) {
  const reduction = reductionPercent(product.priceFromCents, product.compareAtCents)
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
          {reduction > 0 ? <Badge tone="warn">−{reduction} %</Badge> : null}
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
        <p className="mt-1.5">
          <Price
            fromCents={product.priceFromCents}
            toCents={product.priceToCents}
            compareAtCents={product.compareAtCents}
          />
        </p>
        <CardStock productId={product.id} stock={product.stock} serverNow={serverNow()} />
      </div>
    </article>
  )
}
