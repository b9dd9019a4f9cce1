import { call } from '#lib/api/client'
import type { ProductCardView, ProductView, VariantView } from '#lib/catalog/schema'
import { isId } from '#lib/ids'
import { failureOf, findProducts, must, type Market } from '../market.ts'
import { notBegun } from '../terminal/failure.ts'
import { clean } from '../terminal/text.ts'
import { nearest } from './near.ts'

/** A version of a product, which is what can be bought. */
export interface Item {
  readonly product: ProductView
  readonly variant: VariantView
}

/**
 * The one thing that is meant: by the address of its page, its name in there, its id or a version's, or by words that name
 * exactly one product. Refuses: nothing of that name, with what is near; several, with what they are called.
 */
export async function findProduct(market: Market, subject: string): Promise<ProductView> {
  const page = /^https?:/.test(subject) ? URL.parse(subject)?.pathname : subject
  const name = decodeURIComponent(page?.replace(/^\/?products\//, '') ?? subject)
  const found = await readProduct(market, name)
  if (found) return found
  if (isId(name)) {
    const { stock } = await must(market, market.api.stock.$get({ query: { variantId: name } }))
    const [state] = stock
    const product = state && (await readProduct(market, state.productId))
    if (product) return product
  }
  return byWords(market, subject)
}

/** The version that is meant: the only one, or that of the option. Refuses: none or several, with what there is. */
export function chooseVariant(product: ProductView, option: string | undefined): VariantView | Failing {
  const { variants } = product
  const [only] = variants
  if (option === undefined) return only && variants.length === 1 ? only : { names: variants.map(optionOf) }
  const wanted = option.toLowerCase()
  const fitting = variants.filter(
    (each) => each.id === option || optionOf(each).toLowerCase() === wanted || includesAll(each.optionValues, wanted),
  )
  const [fits] = fitting
  return fits && fitting.length === 1 ? fits : { names: variants.map(optionOf) }
}

interface Failing {
  /** What there is instead. */
  readonly names: readonly string[]
}

/** "Red · M"; empty where there is one version only. */
export function optionOf({ optionValues }: Pick<VariantView, 'optionValues'>): string {
  return clean(optionValues.join(' · '))
}

/** What a version is called where its product is not beside it. */
export function titleOf({ product, variant }: Item): string {
  return [clean(product.title), optionOf(variant)].filter(Boolean).join(', ')
}

async function readProduct(market: Market, name: string): Promise<ProductView | null> {
  if (!/^[^\s/]{1,100}$/.test(name)) return null
  const answer = await call(market.api.products[':slug'].$get({ param: { slug: name } }))
  if (answer.ok) return answer.value
  if (answer.status === 404) return null
  throw failureOf(market, answer)
}

async function byWords(market: Market, words: string): Promise<ProductView> {
  const { items } = await findProducts(market, { words, limit: 50 })
  // A title names a product; that a description mentions the words does not.
  const wanted = words.toLowerCase()
  const same = items.filter(({ title }) => title.toLowerCase() === wanted)
  const named = items.filter(({ title }) => wanted.split(/\s+/).every((word) => title.toLowerCase().includes(word)))
  const [first, ...others] = [same, named, items].find(({ length }) => length > 0) ?? []
  if (!first) throw await unknownItem(market, words)
  if (others.length === 0) return must(market, market.api.products[':slug'].$get({ param: { slug: first.slug } }))
  const more = items.length === 50 ? ' or more' : ''
  const sentence = `"${clean(words)}" could be any of ${others.length + 1}${more} items.`
  throw notBegun('ambiguous-item', sentence, `Say which:\n${namesOf([first, ...others])}`)
}

/** Nothing of that name; with what may have been meant. */
export async function unknownItem(market: Market, words: string) {
  const near = await listNear(market, words)
  const hint = near.length > 0 ? `Near to it:\n${namesOf(near)}` : 'souk check tells what is on sale.'
  return notBegun('unknown-item', `There is no item "${clean(words)}" on sale at ${market.origin}.`, hint)
}

/** What somebody may have meant: with one of the words in it, or spelt alike. */
export async function listNear(market: Market, words: string): Promise<ProductCardView[]> {
  const parts = words.split(/\s+/).filter((word) => word.length > 2)
  const wishes = [{}, ...parts.slice(0, 4).map((part) => ({ words: part }))]
  const pages = await Promise.all(wishes.map((wish) => findProducts(market, { ...wish, limit: 100 })))
  const byTitle = new Map(pages.flatMap(({ items }) => items).map((item) => [item.title, item]))
  return nearest(words, [...byTitle.keys()]).flatMap((title) => byTitle.get(title) ?? [])
}

function namesOf(items: readonly ProductCardView[]): string {
  const lines = items.slice(0, 10).map(({ slug, title }) => `  ${slug}  ${clean(title)}`)
  return [...lines, ...(items.length > 10 ? [`  and ${items.length - 10} more`] : [])].join('\n')
}

function includesAll(values: readonly string[], wanted: string): boolean {
  const words = wanted.split(/[\s·,/]+/).filter(Boolean)
  const given = values.map((value) => value.toLowerCase())
  return words.length > 0 && words.every((word) => given.includes(word))
}

/** Which versions there are, for somebody who named none or one that there is not. */
export function unknownVersion({ title }: ProductView, names: readonly string[]) {
  const sentence = `Say which version of ${clean(title)} with --option.`
  return notBegun('unknown-version', sentence, `There are:\n${names.map((name) => `  ${name}`).join('\n')}`)
}
