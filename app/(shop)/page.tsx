import { Store } from 'lucide-react'
import { CategoryTiles } from '#components/catalog/category-tiles'
import { DropCard } from '#components/catalog/drop-card'
import { Hero } from '#components/catalog/hero'
import { ProductGrid } from '#components/catalog/product-grid'
import { Section } from '#components/catalog/section'
import { ShopCard } from '#components/catalog/shop-card'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { listCategories, listDrops, listProducts, listShops } from '#lib/catalog/queries'
import { stillCard } from '#lib/catalog/rules/still'
import { sellerTag } from '#lib/pages/rules'
import { IS_BUILDING } from '../building.ts'
import { shows, tagsOfList } from './shows.ts'

// Kept for everyone until something on it is edited. A drop that opened a day ago is none any more, which nobody edits.
export const dynamic = 'force-static'
export const revalidate = 60

/** The market: what opens soon, what is new, where to look, who sells. */
export default async function HomePage() {
  if (IS_BUILDING) return null
  const [newest, drops, categories, shops] = await Promise.all([
    listProducts({ sort: 'newest', limit: 15 }),
    listDrops(),
    listCategories(),
    listShops(6),
  ])
  await shows([...tagsOfList([...newest.items, ...drops]), ...shops.map((shop) => sellerTag(shop.handle))])
  const cards = newest.items.map(stillCard)
  return (
    <>
      <Hero products={cards.filter((product) => product.pictureId).slice(0, 3)} />
      {newest.items.length === 0 ? <QuietMarket /> : null}
      {drops.length > 0 ? (
        <Section title="Drops" lead="They open for everyone in the same second.">
          <ul className="grid gap-6 xl:grid-cols-2">
            {drops.map((product) => (
              <li key={product.id} className="only:xl:col-span-2">
                <DropCard product={{ ...stillCard(product), pieces: product.pieces }} />
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {categories.length > 0 ? (
        <Section title="Look around">
          <CategoryTiles categories={categories.filter((category) => category.productCount > 0)} />
        </Section>
      ) : null}
      {newest.items.length > 0 ? (
        <Section title="New in the market" more={{ href: '/search', label: 'See everything' }}>
          <ProductGrid products={cards} priority={false} />
        </Section>
      ) : null}
      {shops.length > 0 ? (
        <Section title="Who sells here">
          <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
            {shops.map((shop) => (
              <li key={shop.id}>
                <ShopCard shop={shop} />
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  )
}

function QuietMarket() {
  return (
    <div className="page mt-8">
      <EmptyState
        icon={Store}
        title="The stalls are still empty"
        action={<ButtonLink href="/sell">Open the first shop</ButtonLink>}
      >
        Nobody sells anything here yet. Whoever opens a shop now has the whole market.
      </EmptyState>
    </div>
  )
}
