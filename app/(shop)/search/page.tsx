import type { Metadata } from 'next'
import { SearchX } from 'lucide-react'
import { CONDITIONS } from '#components/catalog/condition'
import { ProductList } from '#components/catalog/product-list'
import { serverNow } from '#components/catalog/server-now'
import { SortLinks } from '#components/catalog/sort-links'
import { PageHeading } from '#components/layout/page-heading'
import { ChosenFilters } from '#components/search/chosen-filters'
import { FilterForm } from '#components/search/filter-form'
import { FoundLine } from '#components/search/found-line'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { listCategoryNames } from '#lib/catalog/queries'
import { currentCard } from '#lib/catalog/rules/still'
import { isOverload } from '#lib/db'
import { writeAmount } from '#lib/money'
import { search } from '#lib/search/queries'
import type { FacetsView, SearchView } from '#lib/search/schema'
import { getSeller } from '#lib/sellers/queries'
import type { AddressParams } from '../list-address.ts'
import {
  queryOf,
  readPrices,
  readSearchAddress,
  searchHref,
  searchSorts,
  withoutFilters,
  type SearchAddress,
} from './search-address.ts'

// Drawn for each request, with a nonce of its own.
export const dynamic = 'force-dynamic'

interface SearchPageProps {
  searchParams: Promise<AddressParams>
}

export async function generateMetadata({ searchParams }: SearchPageProps): Promise<Metadata> {
  const { q } = readSearchAddress(await searchParams)
  return { title: q ? `“${q}”` : 'Everything', robots: { index: false } }
}

/** What the market has for some words; without words everything, newest first. Drawn at once, so that it needs no script. */
export default async function SearchPage({ searchParams }: SearchPageProps) {
  const address = readSearchAddress(await searchParams)
  const [result, chosen] = await Promise.all([searchOrBusy(address), listChosen(address)])
  const { q, sort } = address
  return (
    <div className="page py-8 sm:py-10">
      <PageHeading
        title={q ? <span className="wrap-anywhere">Results for “{q}”</span> : 'Everything in the market'}
        action={<SortLinks sorts={searchSorts(address)} current={sort} />}
      >
        {result ? (
          <FoundLine
            found={result.found}
            query={q}
            corrected={result.corrected}
            isRanked={sort === 'relevance' && q !== ''}
          />
        ) : null}
      </PageHeading>
      {result ? <Found address={address} result={result} chosen={chosen} /> : <Busy href={searchHref(address)} />}
    </div>
  )
}

interface Chosen {
  label: string
  href: string
}

function Found({ address, result, chosen }: { address: SearchAddress; result: SearchView; chosen: Chosen[] }) {
  const now = serverNow()
  const { items, nextCursor, facets = NO_FACETS } = result
  // The filters stand twice, beside and above the products, and one of them is never shown: each with labels of its own.
  return (
    <div className="grid gap-x-10 lg:grid-cols-[15.5rem_minmax(0,1fr)]">
      <aside aria-label="Filters" className="hidden lg:block">
        <Filters address={address} facets={facets} />
      </aside>
      <div>
        <details
          className="group mb-5 rounded-card border border-line bg-surface lg:hidden"
          open={hasPriceError(address)}
        >
          <summary className="flex min-h-11 cursor-pointer list-none items-center justify-between px-4 font-semibold">
            Filters{chosen.length > 0 ? ` (${chosen.length})` : ''}
            <span aria-hidden className="text-muted transition group-open:rotate-180">
              ▾
            </span>
          </summary>
          <div className="border-t border-line p-4">
            <Filters address={address} facets={facets} />
          </div>
        </details>
        <ChosenFilters chosen={chosen} allHref={withoutFilters(address)} />
        {items.length > 0 ? (
          <ProductList
            items={items.map((item) => currentCard(item, now))}
            address={searchHref(address)}
            cursor={address.cursor}
            nextCursor={nextCursor}
            empty={{ title: '', text: '' }}
          />
        ) : (
          <NothingFound address={address} hasFilters={chosen.length > 0} />
        )}
      </div>
    </div>
  )
}

function Filters({ address, facets }: { address: SearchAddress; facets: FacetsView }) {
  const { fromError, toError } = readPrices(address)
  const isDefault = address.sort === (address.q ? 'relevance' : 'newest')
  return (
    <FilterForm
      facets={withChosen(facets, address)}
      chosen={address}
      sort={isDefault ? null : address.sort}
      errors={{ from: fromError, to: toError }}
      bands={facets.prices.map((band) => ({
        ...band,
        href: searchHref(address, {
          from: band.minPriceCents === '0' ? '' : writeAmount(BigInt(band.minPriceCents)),
          to: band.maxPriceCents === null ? '' : writeAmount(BigInt(band.maxPriceCents)),
        }),
      }))}
    />
  )
}

function NothingFound({ address, hasFilters }: { address: SearchAddress; hasFilters: boolean }) {
  const { q } = address
  const others = hasFilters ? (
    <ButtonLink href={withoutFilters(address)}>
      {q ? `All results for “${shorten(q)}”` : 'Take the filters away'}
    </ButtonLink>
  ) : null
  const everything = (
    <ButtonLink href="/search" variant={hasFilters ? 'secondary' : 'primary'}>
      See everything
    </ButtonLink>
  )
  return (
    <EmptyState
      icon={SearchX}
      title={
        q
          ? `Nothing found for “${shorten(q)}”`
          : hasFilters
            ? 'Nothing fits these filters'
            : 'The stalls are still empty'
      }
      action={
        <>
          {others}
          {everything}
        </>
      }
    >
      {hasFilters
        ? 'Fewer filters may find more.'
        : q
          ? 'Try fewer or other words, or look through the categories.'
          : 'Nobody sells anything here yet.'}
    </EmptyState>
  )
}

function Busy({ href }: { href: string }) {
  return (
    <EmptyState icon={SearchX} title="The market is very busy" action={<ButtonLink href={href}>Try again</ButtonLink>}>
      This search could not be done just then.
    </EmptyState>
  )
}

/** Null when there was too much to do just then. */
async function searchOrBusy(address: SearchAddress): Promise<SearchView | null> {
  try {
    return await search(queryOf(address))
  } catch (error) {
    if (isOverload(error)) return null
    throw error
  }
}

/** Each thing that narrows the search, in words, and the address without it. */
async function listChosen(address: SearchAddress): Promise<Chosen[]> {
  const { category, seller, conditions, inStock } = address
  const [names, shop] = await Promise.all([category ? listCategoryNames() : [], seller ? getSeller(seller) : null])
  const { minPriceCents, maxPriceCents } = readPrices(address)
  const without = (label: string, change: Partial<SearchAddress>) => ({ label, href: searchHref(address, change) })
  return [
    ...(category ? [without(names.find(({ slug }) => slug === category)?.name ?? category, { category: null })] : []),
    ...(seller ? [without(`From ${shop?.name ?? seller}`, { seller: null })] : []),
    ...conditions.map((each) =>
      without(CONDITIONS[each], { conditions: conditions.filter((condition) => condition !== each) }),
    ),
    ...(minPriceCents === undefined ? [] : [without(`From €${writeAmount(minPriceCents)}`, { from: '' })]),
    ...(maxPriceCents === undefined ? [] : [without(`Up to €${writeAmount(maxPriceCents)}`, { to: '' })]),
    ...(inStock ? [without('In stock', { inStock: false })] : []),
  ]
}

/** What is chosen stays among the choices, though nothing fits it. */
function withChosen(facets: FacetsView, { category, conditions }: SearchAddress): FacetsView {
  const hasCategory = category === null || facets.categories.some(({ slug }) => slug === category)
  const missing = conditions.filter((each) => !facets.conditions.some(({ condition }) => condition === each))
  return {
    ...facets,
    categories: hasCategory ? facets.categories : [...facets.categories, { slug: category, name: category, count: 0 }],
    conditions: [...facets.conditions, ...missing.map((condition) => ({ condition, count: 0 }))],
  }
}

function hasPriceError(address: SearchAddress): boolean {
  const { fromError, toError } = readPrices(address)
  return fromError !== null || toError !== null
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60).trimEnd()}…` : text
}

const NO_FACETS: FacetsView = { categories: [], conditions: [], prices: [], inStock: 0, isCapped: false }
