import type { Metadata } from 'next'
import { stillCard } from '#lib/catalog/rules/still'
import { categoryTag } from '#lib/pages/rules'
import { FIRST_PAGE } from '../../list-address.ts'
import { shows, tagsOfList } from '../../shows.ts'
import { CategoryList, metadataOf, readCategoryList } from './category-list.tsx'

interface CategoryPageProps {
  params: Promise<{ slug: string }>
}

// Kept for everyone until something on it is edited, and an hour at the most. Which there are is known when they are asked for.
export const dynamic = 'force-static'
export const revalidate = 3600
export const generateStaticParams = () => []

export async function generateMetadata({ params }: CategoryPageProps): Promise<Metadata> {
  return metadataOf((await params).slug)
}

/** The newest products of one category. */
export default async function CategoryPage({ params }: CategoryPageProps) {
  const { slug } = await params
  const { items, ...list } = await readCategoryList(slug, FIRST_PAGE)
  await shows([categoryTag(slug), ...tagsOfList(items)])
  return <CategoryList list={list} items={items.map(stillCard)} address={FIRST_PAGE} />
}
