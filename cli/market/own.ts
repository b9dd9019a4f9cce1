import { isId } from '#lib/ids'
import type { OwnProductCardView, OwnProductView, ProductCardView } from '#lib/catalog/schema'
import { must, openMarketAsMember, type Market } from '../market.ts'
import { notBegun, refused } from '../terminal/failure.ts'
import { clean } from '../terminal/text.ts'
import { nearest } from './near.ts'

export interface NewProduct {
  readonly title: string
  readonly categorySlug: string
  readonly priceCents: string
  readonly quantity: number
  readonly condition: ProductCardView['condition']
  readonly description: string
  readonly keywords: string[]
}

/** The market as the owner of a shop. Refuses: a member without one, with the page that opens one. */
export async function openMarketAsSeller(where: Parameters<typeof openMarketAsMember>[0]): Promise<Market> {
  const market = await openMarketAsMember(where)
  await requireShop(market)
  return market
}

/** The member's shop. Refuses: none. */
export async function requireShop(market: Market) {
  const { user } = await must(market, market.api.session.$get())
  if (user?.seller) return user.seller
  throw refused({ code: 'not-allowed', message: `You have no shop yet: open one at ${market.origin}/sell.` })
}

/** Lists a product and puts it on sale. Says how many of its pieces are on sale now, and how many wait for room. */
export function putOnSale(market: Market, product: NewProduct) {
  const { priceCents, quantity, ...said } = product
  const json = { ...said, variants: [{ priceCents, quantity }], publish: true }
  return must(market, market.api.products.$post({ json }))
}

/** Sets what one version costs; what the others cost stays. */
export function setPrice(market: Market, { id }: OwnProductView, variantId: string, cents: bigint) {
  const variant = market.api.products[':id'].variants[':variantId']
  return must(market, variant.$patch({ param: { id, variantId }, json: { priceCents: cents.toString() } }))
}

/** Adds pieces, or with less than nothing takes some away. */
export function adjust(market: Market, variantId: string, delta: number) {
  return must(market, market.api.stock[':variantId'].adjustments.$post({ param: { variantId }, json: { delta } }))
}

/** Takes a product off sale; its pieces stay the shop's. */
export function takeOffSale(market: Market, id: string): Promise<OwnProductView> {
  return must(market, market.api.products[':id'].archive.$post({ param: { id } }))
}

export async function* pagesOfOwn(market: Market, status?: OwnProductCardView['status']) {
  let cursor: string | undefined
  do {
    const query = { ...(status && { status }), ...(cursor && { cursor }) }
    const page = await must(market, market.api.seller.products.$get({ query }))
    yield page.items
    cursor = page.nextCursor ?? undefined
  } while (cursor)
}

/** The one product of the shop that is meant, by name, id or words. Refuses: none and several, with what they are called. */
export async function findOwn(market: Market, subject: string): Promise<OwnProductView> {
  if (isId(subject)) return readOwn(market, subject)
  const words = subject.toLowerCase().split(/\s+/)
  const all: OwnProductCardView[] = []
  for await (const items of pagesOfOwn(market)) {
    const named = items.find(({ slug }) => slug === subject)
    if (named) return readOwn(market, named.id)
    all.push(...items)
  }
  const same = all.filter(({ title }) => title.toLowerCase() === subject.toLowerCase())
  const fitting =
    same.length > 0 ? same : all.filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)))
  const [only] = fitting
  if (only && fitting.length === 1) return readOwn(market, only.id)
  const listed = fitting.length > 0 ? fitting : nearestOf(subject, all)
  const hint = listed.slice(0, 10).map(({ slug, title }) => `  ${slug}  ${clean(title)}`)
  if (only)
    throw notBegun(
      'ambiguous-item',
      `"${clean(subject)}" could be any of ${fitting.length} of your products:`,
      hint.join('\n'),
    )
  throw notBegun(
    'unknown-item',
    `Your shop has no "${clean(subject)}".`,
    hint.length > 0 ? `Near to it:\n${hint.join('\n')}` : undefined,
  )
}

function readOwn(market: Market, id: string): Promise<OwnProductView> {
  return must(market, market.api.seller.products[':id'].$get({ param: { id } }))
}

function nearestOf(subject: string, all: readonly OwnProductCardView[]): OwnProductCardView[] {
  const near = nearest(
    subject,
    all.map(({ title }) => title),
  )
  return all.filter(({ title }) => near.includes(title))
}

/** A category's slug. Refuses: none, and one that there is not, with all there are. */
export async function readCategory(market: Market, typed: string | undefined): Promise<string> {
  const { categories } = await must(market, market.api.categories.$get())
  if (typed && categories.some(({ slug }) => slug === typed)) return typed
  const list = `There are: ${categories.map(({ slug }) => slug).join(', ')}`
  if (!typed) throw notBegun('miscalled', 'Say which --category.', list)
  throw refused({ code: 'unknown-category', message: `There is no category ${clean(typed)}.`, hint: list })
}
