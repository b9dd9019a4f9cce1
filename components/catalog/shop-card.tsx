import Link from 'next/link'
import type { ShopView } from '#lib/catalog/schema'
import { Avatar } from '#components/ui/avatar'
import { Picture } from '#components/ui/picture'

/** A shop of the market: what lies on its table, its sign, its name, what it says of itself. */
export function ShopCard({ shop }: { shop: ShopView }) {
  return (
    <article className="group relative h-full overflow-hidden rounded-card border border-line bg-surface transition hover:border-line-strong hover:shadow-card">
      {shop.pictures.length > 0 ? (
        <div aria-hidden className="grid h-36 auto-cols-fr grid-flow-col gap-px bg-line sm:h-40">
          {shop.pictures.map((id) => (
            <div key={id} className="min-w-0 overflow-hidden">
              <Picture
                id={id}
                alt=""
                sizes="12rem"
                className="transition duration-500 ease-calm group-hover:scale-105"
              />
            </div>
          ))}
        </div>
      ) : null}
      <div className="flex gap-4 p-5">
        <Avatar name={shop.name} pictureId={shop.pictureId} size="lg" className="size-14" />
        <div className="min-w-0">
          <h3 className="font-display text-lg leading-tight font-semibold wrap-anywhere">
            <Link
              href={`/shops/${shop.handle}`}
              className="outline-none after:absolute after:inset-0 after:rounded-card focus-visible:after:outline-2 focus-visible:after:-outline-offset-4 focus-visible:after:outline-accent"
            >
              {shop.name}
            </Link>
          </h3>
          <p className="mt-1 line-clamp-2 text-sm text-muted">{shop.about}</p>
          <p className="mt-1.5 text-sm font-medium count">
            {shop.productCount} {shop.productCount === 1 ? 'product' : 'products'}
          </p>
        </div>
      </div>
    </article>
  )
}
