import type { ProductCardView } from '#lib/catalog/schema'
import { formatMoney } from '#lib/money'
import { listNear } from './market/item.ts'
import { findProducts, openMarket } from './market.ts'
import { command } from './terminal/command.ts'
import { EXIT, notBegun } from './terminal/failure.ts'
import { withProgress } from './terminal/progress.ts'
import { tableOf } from './terminal/table.ts'
import { clean } from './terminal/text.ts'

const PAGE = 100

export const check = command({
  name: 'check',
  summary: 'what is on sale: counts and prices as they are now',
  about: [
    'Lists what is on sale and has all of the words in it, with how many pieces are free at this moment. Without words: everything.',
    'Exit code 1: nothing is on sale like that.',
  ],
  examples: [
    ['check', 'the newest things on sale'],
    ['check red mug --category home', 'red mugs'],
    ['check --seller terra --all', 'everything a shop has'],
    ['check --json | jq "select(.left < 3)"', 'what is nearly gone, for programs'],
  ],
  operands: '[<words>]',
  words: 'any',
  args: {
    category: { type: 'string', valueHint: 'slug', description: 'only of this category' },
    seller: { type: 'string', valueHint: 'handle', description: 'only of this shop' },
    all: { type: 'boolean', description: `all of it, not only the first ${PAGE}` },
  },
  run: async (typed, { screen }) => {
    const market = await openMarket(typed)
    const words = typed._.join(' ')
    const wish = { words, category: typed.category, seller: typed.seller, limit: PAGE }
    const { items, isMore } = await withProgress('Reading what is on sale', async (tell) => {
      const found: ProductCardView[] = []
      let cursor: string | undefined
      do {
        const page = await findProducts(market, { ...wish, cursor })
        found.push(...page.items)
        cursor = page.nextCursor ?? undefined
        tell(`${found.length} products`)
      } while (cursor && typed.all)
      return { items: found, isMore: cursor !== undefined }
    })
    if (screen.isJson) for (const item of items) screen.show(rowOf(item), '')
    else if (items.length > 0) screen.show(null, tableOf(COLUMNS, items))
    if (isMore) screen.note(`There is more: souk check ${[words, '--all'].filter(Boolean).join(' ')}`)
    if (items.length > 0) return EXIT.done
    const near = words ? await listNear(market, words) : []
    screen.note(`Nothing on sale at ${market.origin}${words ? ` has "${clean(words)}" in it` : ' like that'}.`)
    if (near.length > 0) screen.note(`Near to it: ${near.map(({ title }) => clean(title)).join(', ')}.`)
    return EXIT.refused
  },
})

/** "12 left", of all its versions together; what cannot be bought now says why. */
export function leftWords({ stock, opensAt }: Pick<ProductCardView, 'stock' | 'opensAt'>): string {
  if (opensAt && Date.parse(opensAt) > Date.now()) return `opens ${opensAt.slice(0, 16).replace('T', ' ')} UTC`
  const left = leftOf(stock)
  const waiting = stock.reduce((sum, each) => sum + each.waiting, 0)
  if (left > 0) return `${left} left`
  return waiting > 0 ? `sold out, ${waiting} waiting` : 'sold out'
}

export function leftOf(stock: ProductCardView['stock']): number {
  return stock.reduce((sum, { available, onSale }) => sum + (onSale ? Math.max(0, available) : 0), 0)
}

export function priceWords({ priceFromCents, priceToCents }: Pick<ProductCardView, 'priceFromCents' | 'priceToCents'>) {
  const from = formatMoney(BigInt(priceFromCents))
  return priceFromCents === priceToCents ? from : `from ${from}`
}

const COLUMNS = [
  { name: 'item', of: ({ title }: ProductCardView) => clean(title), isElastic: true },
  { name: 'price', of: priceWords, side: 'right' as const },
  { name: 'stock', of: leftWords },
  { name: 'seller', of: ({ sellerHandle }: ProductCardView) => clean(sellerHandle) },
  { name: 'name', of: ({ slug }: ProductCardView) => clean(slug), isElastic: true },
]

function rowOf(item: ProductCardView) {
  const { id, slug, title, sellerHandle, categorySlug, condition, priceFromCents, priceToCents, opensAt, stock } = item
  const left = leftOf(stock)
  return { id, slug, title, sellerHandle, categorySlug, condition, priceFromCents, priceToCents, left, opensAt, stock }
}

/** A whole number of pieces as it was typed. */
export function readQuantity(typed: string | undefined, fallback: number | null): number {
  if (typed === undefined && fallback !== null) return fallback
  if (typed !== undefined && /^[1-9]\d{0,5}$/.test(typed)) return Number(typed)
  throw notBegun('bad-quantity', `-n ${typed ?? ''} does not do: say how many, as a whole number from 1.`)
}
