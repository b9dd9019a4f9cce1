import type { OwnProductCardView, OwnProductView } from '#lib/catalog/schema'
import { formatMoney, parseAmount } from '#lib/money'
import { subjectOf } from './cart.ts'
import { leftOf, priceWords, readQuantity } from './check.ts'
import { chooseVariant, optionOf, unknownVersion } from './market/item.ts'
import {
  adjust,
  findOwn,
  openMarketAsSeller,
  pagesOfOwn,
  putOnSale,
  readCategory,
  setPrice,
  takeOffSale,
} from './market/own.ts'
import { command, type SoukCommand } from './terminal/command.ts'
import { EXIT, notBegun } from './terminal/failure.ts'
import { tableOf } from './terminal/table.ts'
import { clean } from './terminal/text.ts'

const quantity = { type: 'string', alias: 'n', valueHint: 'pieces', description: 'how many' } as const
const option = { type: 'string', valueHint: 'values', description: 'which version, where there are several' } as const

const list = command({
  name: 'list',
  summary: 'what your shop has, on sale and not',
  about: ['Lists the products of your shop: what is free of each, and what it costs.'],
  examples: [['sell list --status published', 'what is on sale']],
  args: {
    status: {
      type: 'enum',
      options: ['draft', 'published', 'archived'],
      description: 'only those: draft, published, archived',
    },
  },
  run: async (typed, { screen }) => {
    const market = await openMarketAsSeller(typed)
    const all: OwnProductCardView[] = []
    for await (const items of pagesOfOwn(market, typed.status)) all.push(...items)
    if (screen.isJson) for (const item of all) screen.show(item, '')
    else screen.show(null, ownWords(all))
    return EXIT.done
  },
})

const add = command({
  name: 'add',
  summary: 'put something on sale',
  about: [
    'Lists a product with one version and puts it on sale at once. Pieces over your capacity wait in your publishing queue.',
    'Several versions, pictures and drops: on the site, or with souk import.',
  ],
  examples: [
    ['sell add Brass compass --price 24.50 -n 3 --category home', 'three of them'],
    ['sell add Old map --price 9 --condition good --keywords map,paper --category books', 'one, used'],
  ],
  operands: '<title>',
  words: 'any',
  args: {
    price: { type: 'string', valueHint: 'amount', description: 'what one costs: 12.50' },
    quantity: { ...quantity, default: '1' },
    category: { type: 'string', valueHint: 'slug', description: 'in which category' },
    condition: {
      type: 'enum',
      options: ['new', 'like_new', 'good', 'fair'],
      default: 'new',
      description: 'new, like_new, good, fair',
    },
    keywords: { type: 'string', valueHint: 'words', description: 'up to five, with commas between them' },
    description: { type: 'string', valueHint: 'text', description: 'what is to be said of it' },
  },
  run: async (typed, { screen }) => {
    const title = typed._.join(' ').trim()
    if (!title) throw notBegun('miscalled', 'Say what it is called: souk sell add Brass compass --price 24.50 …')
    const priceCents = readAmount(typed.price).toString()
    const pieces = readQuantity(typed.quantity, null)
    const market = await openMarketAsSeller(typed)
    const made = await putOnSale(market, {
      title,
      priceCents,
      quantity: pieces,
      categorySlug: await readCategory(market, typed.category),
      condition: typed.condition,
      description: typed.description ?? '',
      keywords: typed.keywords?.split(',').map((word) => word.trim()) ?? [],
    })
    const { published, queued, slug } = made
    const waiting = queued > 0 ? `; ${queued} wait for room in your capacity` : ''
    screen.show(
      made,
      `On sale: ${published} × ${clean(made.title)} at ${priceWords(made)}${waiting}.\n${market.origin}/products/${slug}`,
    )
    return EXIT.done
  },
})

const price = command({
  name: 'price',
  summary: 'change what something costs',
  about: ['Sets the price of a product, the last word of the line. Every open page shows it at once.'],
  examples: [
    ['sell price brass-compass 19.90', 'from now on'],
    ['sell price a-bear-called-bruno 31 --option lap', 'of one version'],
  ],
  operands: '<item> <amount>',
  words: 'any',
  args: { option },
  run: async (typed, { screen }) => {
    const cents = readAmount(typed._.at(-1))
    const market = await openMarketAsSeller(typed)
    const product = await findOwn(market, subjectOf(typed._.slice(0, -1)))
    const { id } = versionOf(product, typed.option)
    const changed = await setPrice(market, product, id, cents)
    const words = `${clean(product.title)} costs ${formatMoney(cents)} now.`
    screen.show(changed, words)
    return EXIT.done
  },
})

const restock = command({
  name: 'restock',
  summary: 'add pieces',
  about: [
    'Adds pieces to what you have. Who waits in line is offered them first; what is over your capacity waits for room.',
  ],
  examples: [['sell restock brass-compass -n 5', 'five more']],
  operands: '<item>',
  words: 'any',
  args: { quantity, option },
  run: async (typed, { screen }) => {
    const pieces = readQuantity(typed.quantity, null)
    const market = await openMarketAsSeller(typed)
    const product = await findOwn(market, subjectOf(typed._))
    const stock = await adjust(market, versionOf(product, typed.option).id, pieces)
    const queued = stock.queued > 0 ? `, ${stock.queued} wait for room in your capacity` : ''
    screen.show(stock, `${clean(product.title)}: ${stock.available} free of ${stock.onHand}${queued}.`)
    return EXIT.done
  },
})

const withdraw = command({
  name: 'withdraw',
  summary: 'take pieces away, or the product off sale',
  about: [
    'Takes away so many pieces, or with --all the whole product off sale. Pieces that buyers hold stay theirs.',
    'Exit code 1: buyers hold too many.',
  ],
  examples: [
    ['sell withdraw brass-compass -n 2', 'two of them'],
    ['sell withdraw brass-compass --all', 'off sale'],
  ],
  operands: '<item>',
  words: 'any',
  args: { quantity, option, all: { type: 'boolean', description: 'the product is off sale' } },
  run: async (typed, { screen }) => {
    const pieces = typed.all ? 0 : readQuantity(typed.quantity, null)
    const market = await openMarketAsSeller(typed)
    const product = await findOwn(market, subjectOf(typed._))
    if (typed.all) {
      screen.show(await takeOffSale(market, product.id), `${clean(product.title)} is off sale.`)
      return EXIT.done
    }
    const stock = await adjust(market, versionOf(product, typed.option).id, -pieces)
    screen.show(stock, `${clean(product.title)}: ${stock.available} free of ${stock.onHand}.`)
    return EXIT.done
  },
})

export const sell: Readonly<Record<string, SoukCommand>> = { list, add, price, restock, withdraw }

export function ownWords(all: readonly OwnProductCardView[]): string {
  if (all.length === 0) return 'Your shop has nothing yet: souk sell add'
  return tableOf<OwnProductCardView>(
    [
      { name: 'item', of: ({ title }) => clean(title), isElastic: true },
      { name: 'price', of: priceWords, side: 'right' },
      { name: 'free', of: ({ stock }) => String(leftOf(stock)), side: 'right' },
      {
        name: 'in the house',
        of: ({ stock }) => String(stock.reduce((sum, { onHand }) => sum + onHand, 0)),
        side: 'right',
      },
      { name: 'state', of: ({ status }) => status },
      { name: 'name', of: ({ slug }) => clean(slug), isElastic: true },
    ],
    all,
  )
}

export function readAmount(typed: string | undefined): bigint {
  if (typed === undefined) throw notBegun('miscalled', 'Say what one costs, as 12.50.')
  const cents = parseAmount(typed)
  if (cents !== null) return cents
  throw notBegun('bad-amount', `${clean(typed)} is not an amount: say it as 12.50.`)
}

function versionOf(product: OwnProductView, typed: string | undefined) {
  const variant = chooseVariant(product, typed)
  if ('names' in variant) throw unknownVersion(product, product.variants.map(optionOf))
  return variant
}
