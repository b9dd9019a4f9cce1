import Link from 'next/link'
import type { ProductCardView } from '#lib/catalog/schema'
import { Picture } from '#components/ui/picture'

interface CategoryTilesProps {
  categories: readonly { slug: string; name: string }[]
  /** Where each door's picture is taken from: the first product of its category that has one. */
  products: readonly ProductCardView[]
}

/** The categories as doors, for the market's first page. */
export function CategoryTiles({ categories, products }: CategoryTilesProps) {
  return (
    <ul className="grid grid-cols-2 gap-3 sm:gap-4 md:grid-cols-3 xl:grid-cols-4">
      {categories.map((category) => {
        const shown = products.find((product) => product.categorySlug === category.slug && product.pictureId)
        return (
          <li key={category.slug}>
            <Link
              href={`/categories/${category.slug}`}
              className="group flex h-24 items-stretch justify-between gap-3 overflow-hidden rounded-card border border-line bg-surface pl-4 transition hover:border-line-strong hover:shadow-card sm:h-28 sm:pl-5"
            >
              <span className="min-w-0 self-center font-display text-lg leading-tight font-semibold hyphens-auto sm:text-xl">
                {category.name}
              </span>
              {shown ? (
                <span className="mt-3 mr-3 w-16 shrink-0 self-end overflow-hidden rounded-t-full sm:mr-5 sm:w-20">
                  <Picture
                    id={shown.pictureId}
                    alt=""
                    sizes="6rem"
                    className="h-20 transition duration-500 ease-calm group-hover:scale-105 sm:h-24"
                  />
                </span>
              ) : null}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
