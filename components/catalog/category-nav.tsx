import Link from 'next/link'
import { cn } from '#components/ui/cn'

interface CategoryNavProps {
  categories: readonly { slug: string; name: string }[]
  /** The category that is open. */
  current?: string
}

/** All categories in a row that scrolls on a narrow screen. */
export function CategoryNav({ categories, current }: CategoryNavProps) {
  return (
    <nav aria-label="All categories" className="-mx-1 [scrollbar-width:none] overflow-x-auto p-1">
      <ul className="flex gap-2">
        {categories.map((category) => (
          <li key={category.slug}>
            <Link
              href={`/categories/${category.slug}`}
              aria-current={category.slug === current ? 'page' : undefined}
              className={cn(
                'inline-flex min-h-11 items-center rounded-full border border-line bg-surface px-4.5 font-medium whitespace-nowrap transition hover:border-ink/50',
                category.slug === current && 'border-ink bg-ink text-paper',
              )}
            >
              {category.name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
