import Link from 'next/link'
import type { ShownCard } from '#lib/catalog/rules/still'
import { ButtonLink } from '#components/ui/button'
import { Picture } from '#components/ui/picture'

/** An arcade: three arches on one ground, the middle one highest. */
const ARCHES = ['aspect-[3/4.6]', 'aspect-[3/5.4]', 'aspect-[3/3.9]']

/** The first screen of the market: what it is, the way in, and real things from the stalls in its arches. */
export function Hero({ products }: { products: readonly Pick<ShownCard, 'id' | 'slug' | 'title' | 'pictureId'>[] }) {
  return (
    <div className="overflow-hidden border-b border-line bg-sunken/60">
      <div className="page grid items-end gap-x-12 gap-y-10 pt-10 lg:grid-cols-[1fr_1.05fr] lg:pt-14">
        <div className="self-center lg:pb-16">
          <h1 className="font-display text-hero font-semibold tracking-tight">
            What you hold <span className="text-accent">is yours.</span>
          </h1>
          <p className="mt-5 max-w-prose text-lg leading-relaxed text-muted sm:text-xl">
            A market of many small shops. Put a piece in your cart and nobody else can have it while your clock runs;
            put it back and the whole market sees it again.
          </p>
          <div className="mt-7 flex flex-wrap gap-3">
            <ButtonLink href="/search" size="lg">
              See what is new
            </ButtonLink>
            <ButtonLink href="/sell" size="lg" variant="secondary">
              Sell here
            </ButtonLink>
          </div>
        </div>
        {products.length > 0 ? (
          <ul className="grid grid-cols-3 items-end gap-3 sm:gap-5">
            {products.map((product, position) => (
              <li key={product.id} className={ARCHES[position]}>
                <Link
                  href={`/products/${product.slug}`}
                  className="group block h-full overflow-hidden rounded-t-full border border-b-0 border-line bg-surface shadow-float"
                >
                  <Picture
                    id={product.pictureId}
                    alt={product.title}
                    sizes="(min-width: 1024px) 16rem, 33vw"
                    priority
                    className="transition duration-500 ease-calm group-hover:scale-[1.04]"
                  />
                </Link>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </div>
  )
}
