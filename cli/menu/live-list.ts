import { autocomplete, select } from '@clack/prompts'
import type { ProductCardView, ProductView, VariantView } from '#lib/catalog/schema'
import type { PriceState, StockState } from '#lib/live/events'
import { newerStates, ROOMS_PER_SOCKET } from '#lib/live/rules'
import { formatMoney } from '#lib/money'
import { leftWords, priceWords } from '../check.ts'
import { optionOf } from '../market/item.ts'
import type { Market } from '../market.ts'
import { cut, clean, pad, widthOf } from '../terminal/text.ts'
import { hearProducts } from '../watch/line.ts'
import type { Visit } from './visit.ts'

/** How many products a list can show with live counts. */
export const LIST_MOST = ROOMS_PER_SOCKET

/** What is known of products that are on the screen, as it is at this moment. */
export interface LiveCounts {
  stockOf(product: Pick<ProductCardView, 'id' | 'stock'>): StockState[]
  priceOf(variantId: string): string | undefined
  isLive(): boolean
}

/**
 * Hears products while somebody chooses, and draws the question anew whenever one of them changed. Where no connection can be had
 * the counts stay those of the beginning, and `isLive` says so.
 */
export async function withLiveCounts<T>(
  market: Market,
  products: readonly Pick<ProductCardView, 'id' | 'stock'>[],
  work: (counts: LiveCounts) => Promise<T>,
): Promise<T> {
  const stock = new Map<string, StockState>(
    products.flatMap((product) => product.stock.map((each) => [each.variantId, each])),
  )
  const prices = new Map<string, PriceState>()
  const over = new AbortController()
  let isLive = true
  // The question redraws itself when the terminal's size changes; it looks at what it shows then.
  const redraw = () => void process.stdout.emit('resize')
  const set = (next: boolean) => {
    isLive = next
    redraw()
  }
  const hearing = hearProducts({
    origin: market.origin,
    productIds: products.map(({ id }) => id),
    signal: over.signal,
    onMessage: (message) => {
      if (message.type === 'connection') set(message.state === 'back')
      if (message.type === 'stock' && message.state.version > (stock.get(message.state.variantId)?.version ?? -1)) {
        stock.set(message.state.variantId, message.state)
        redraw()
      }
    },
    onPrices: (arrived) => {
      for (const price of newerStates((id) => prices.get(id)?.version, arrived)) prices.set(price.variantId, price)
      redraw()
    },
  }).catch(() => set(false))
  try {
    return await work({
      stockOf: (product) => product.stock.map((each) => stock.get(each.variantId) ?? each),
      priceOf: (variantId) => prices.get(variantId)?.priceCents,
      isLive: () => isLive,
    })
  } finally {
    over.abort()
    await hearing
  }
}

/** Lets somebody choose with the arrows or by typing, while counts and prices go on changing. */
export function chooseFrom({ ask, market }: Visit, items: readonly ProductCardView[], heading: string) {
  return withLiveCounts(market, items, async (counts) => {
    const priceOf = (item: ProductCardView) => {
      const known = item.stock.flatMap(({ variantId }) => counts.priceOf(variantId) ?? []).map(BigInt)
      if (known.length === 0 || known.length < item.stock.length) return priceWords(item)
      const [from, to] = [known.reduce((a, b) => (a < b ? a : b)), known.reduce((a, b) => (a > b ? a : b))]
      return priceWords({ priceFromCents: `${from}`, priceToCents: `${to}` })
    }
    const titleWidth = Math.min(40, Math.max(...items.map(({ title }) => widthOf(clean(title)))), roomForTitle())
    const priceWidth = Math.max(...items.map((item) => widthOf(priceOf(item))))
    const options = items.map((item) => ({
      value: item.slug,
      get label() {
        const title = pad(cut(clean(item.title), titleWidth), titleWidth)
        return `${title}  ${pad(priceOf(item), priceWidth, 'right')}  ${leftWords({ ...item, stock: counts.stockOf(item) })}`
      },
    }))
    const chosen = await ask<string>((asking) =>
      autocomplete({
        ...asking,
        options,
        maxItems: 12,
        filter: (typed, { value }) =>
          isMeant(
            items.find(({ slug }) => slug === value),
            typed,
          ),
        validate: (value) =>
          value ? undefined : 'Nothing here is called that: change what you typed, or Esc to go back.',
        get message() {
          return counts.isLive() ? heading : `${heading} (not live just now)`
        },
      }),
    )
    return items.find(({ slug }) => slug === chosen)
  })
}

/** The version of a product to take; asked only where there are several. */
export async function chooseVersion({ ask, market }: Visit, product: ProductView): Promise<VariantView> {
  const [only] = product.variants
  if (only && product.variants.length === 1) return only
  const width = Math.max(...product.variants.map((each) => widthOf(optionOf(each))))
  const id = await withLiveCounts(market, [product], (counts) => {
    const options = product.variants.map((variant) => ({
      value: variant.id,
      get label() {
        const stock = counts.stockOf(product).filter(({ variantId }) => variantId === variant.id)
        const price = formatMoney(BigInt(counts.priceOf(variant.id) ?? variant.priceCents))
        return `${pad(optionOf(variant), width)}  ${price}  ${leftWords({ stock, opensAt: product.opensAt })}`
      },
    }))
    return ask<string>((asking) => select({ ...asking, message: 'Which one?', options }))
  })
  const chosen = product.variants.find((each) => each.id === id)
  if (!chosen) throw new Error(`The list had no version ${id}.`)
  return chosen
}

function isMeant(item: ProductCardView | undefined, typed: string): boolean {
  const text = item?.title.toLowerCase() ?? ''
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** What is left of a line beside the guide, the price and the count. */
function roomForTitle(): number {
  return Math.max(10, process.stdout.columns - 34)
}
