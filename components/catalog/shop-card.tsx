import Link from 'next/link'
import { Avatar } from '#components/ui/avatar'

interface ShopCardProps {
  shop: { handle: string; name: string; about: string; pictureId: string | null; productCount: number }
}

/** A shop of the market: its sign, its name, what it says of itself. */
export function ShopCard({ shop }: ShopCardProps) {
  return (
    <article className="relative flex h-full gap-4 rounded-card border border-line bg-surface p-5 transition hover:border-line-strong hover:shadow-card">
      <Avatar name={shop.name} pictureId={shop.pictureId} size="lg" className="size-16" />
      <div className="min-w-0">
        <h3 className="font-display text-lg leading-tight font-semibold">
          <Link
            href={`/shops/${shop.handle}`}
            className="outline-none after:absolute after:inset-0 after:rounded-card focus-visible:after:outline-2 focus-visible:after:outline-accent"
          >
            {shop.name}
          </Link>
        </h3>
        <p className="mt-1 line-clamp-2 text-sm text-muted">{shop.about}</p>
        <p className="mt-1.5 text-sm font-medium">
          {shop.productCount} {shop.productCount === 1 ? 'product' : 'products'}
        </p>
      </div>
    </article>
  )
}
