import Link from 'next/link'
import type { CategoryView } from '#lib/catalog/schema'
import { Picture } from '#components/ui/picture'

/** The categories as doors, for the market's first page. */
export function CategoryTiles({ categories }: { categories: readonly CategoryView[] }) {
  return (
    <ul className="grid grid-cols-2 gap-3 sm:gap-4 md:grid-cols-3 xl:grid-cols-4">
      {categories.map((category) => (
        <li key={category.slug}>
          <Link
            href={`/categories/${category.slug}`}
            className="group flex h-24 items-stretch justify-between gap-2 overflow-hidden rounded-card border border-line bg-surface pl-4 transition hover:border-line-strong hover:shadow-card sm:h-28 sm:pl-5"
          >
            <span className="min-w-0 self-center">
              <span className="block font-display leading-tight font-semibold hyphens-auto sm:text-xl">
                {category.name}
              </span>
              <span className="block text-sm text-muted count">
                {category.productCount} {category.productCount === 1 ? 'product' : 'products'}
              </span>
            </span>
            {category.pictureId ? (
              <span className="mt-3 mr-3 w-14 shrink-0 self-end overflow-hidden rounded-t-full sm:mr-5 sm:w-20">
                <Picture
                  id={category.pictureId}
                  alt=""
                  sizes="6rem"
                  className="h-18 transition duration-500 ease-calm group-hover:scale-105 sm:h-24"
                />
              </span>
            ) : null}
          </Link>
        </li>
      ))}
    </ul>
  )
}
