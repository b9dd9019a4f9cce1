import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CategoryNav } from '#components/catalog/category-nav'
import { ProductList } from '#components/catalog/product-list'
import { SortLinks } from '#components/catalog/sort-links'
import { SearchHereLink } from '#components/search/search-here-link'
import { PageHeading } from '#components/layout/page-heading'
import { listCategories, listProducts } from '#lib/catalog/queries'
import type { ShownCard } from '#lib/catalog/rules/still'
import { listHref, sortLinks, type ListAddress } from '../../list-address.ts'

const PER_PAGE = 24

/** What stands in the head of a category's pages. */
export async function metadataOf(slug: string): Promise<Metadata> {
  const { category } = await requireCategory(slug)
  return { title: category.name, description: `${category.name} from the shops of this market, with live stock.` }
}

/** A category's products, as an address asks for them. Answers with "not found" where there is no such category. */
export async function readCategoryList(slug: string, { sort, cursor }: ListAddress) {
  const [{ category, categories }, list] = await Promise.all([
    requireCategory(slug),
    listProducts({ category: slug, sort, cursor, limit: PER_PAGE }),
  ])
  return { category, categories, ...list }
}

interface CategoryListProps {
  list: Omit<Awaited<ReturnType<typeof readCategoryList>>, 'items'>
  items: readonly ShownCard[]
  address: ListAddress
}

/** The page of a category: kept from its beginning, drawn per request in other orders and further on. */
export function CategoryList({ list, items, address }: CategoryListProps) {
  const { category, categories, nextCursor } = list
  const path = `/categories/${category.slug}`
  return (
    <div className="page py-6 sm:py-8">
      <CategoryNav categories={categories} current={category.slug} />
      <div className="mt-6 sm:mt-8">
        <PageHeading title={category.name} action={<SortLinks sorts={sortLinks(path)} current={address.sort} />}>
          <SearchHereLink href={`/search?category=${category.slug}`}>
            Search and filter in {category.name}
          </SearchHereLink>
        </PageHeading>
      </div>
      <ProductList
        items={items}
        address={listHref(path, { sort: address.sort })}
        cursor={address.cursor}
        nextCursor={nextCursor}
        empty={{
          title: `Nothing in ${category.name} yet`,
          text: 'Other stalls are full; this one waits for its first seller.',
        }}
      />
    </div>
  )
}

async function requireCategory(slug: string) {
  const categories = await listCategories()
  const category = categories.find((each) => each.slug === slug)
  if (!category) notFound()
  return { category, categories }
}
