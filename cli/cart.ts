import type { CartView } from '#lib/cart/schema'
import { formatMoney } from '#lib/money'
import { readQuantity } from './check.ts'
import { chooseVariant, findProduct, titleOf, unknownVersion } from './market/item.ts'
import { must, openMarketAsMember, type Market } from './market.ts'
import { command, type SoukCommand } from './terminal/command.ts'
import { EXIT, notBegun, refused } from './terminal/failure.ts'
import type { Screen } from './terminal/screen.ts'
import { tableOf } from './terminal/table.ts'
import { clean } from './terminal/text.ts'

const show = command({
  name: 'cart',
  summary: 'show what is in the cart, and until when it is held',
  about: ['The pieces in a cart are held for you: nobody else can buy them until their time is over.'],
  examples: [['cart --json', 'the cart as one object']],
  args: {},
  run: async (typed, { screen }) => showCart(screen, await readCart(await openMarketAsMember(typed))),
})

const add = command({
  name: 'add',
  summary: 'put pieces into the cart: they are held for you from then on',
  about: [
    'Adds to what the cart has of the item. Exit code 1: there are not so many; how many are left is said, and whether more may',
    'come back.',
  ],
  examples: [
    ['cart add a-bear-called-bruno -n 2 --option lap', 'two of one version'],
    ['cart add brass compass', 'one, by words that name it'],
  ],
  operands: '<item>',
  words: 'any',
  args: {
    quantity: { type: 'string', alias: 'n', valueHint: 'pieces', description: 'how many more', default: '1' },
    option: { type: 'string', valueHint: 'values', description: 'which version, where there are several' },
  },
  run: async (typed, { screen }) => {
    const market = await openMarketAsMember(typed)
    const more = readQuantity(typed.quantity, null)
    const product = await findProduct(market, subjectOf(typed._))
    const variant = chooseVariant(product, typed.option)
    if ('names' in variant) throw unknownVersion(product, variant.names)
    const before = (await readCart(market)).lines.find((line) => line.variantId === variant.id && line.state === 'held')
    const quantity = (before?.quantity ?? 0) + more
    const line = await must(market, market.api.cart.lines[':variantId'].$put(putOf(variant.id, quantity)))
    const until = line.expiresAt ? ` until ${timeOf(line.expiresAt)}` : ''
    screen.show(line, `${quantity} × ${titleOf({ product, variant })}, held for you${until}.`)
    return EXIT.done
  },
})

const remove = command({
  name: 'remove',
  summary: 'take pieces out of the cart again',
  about: ['Takes out all of the item, or as many as -n says. They are back on the shelf at once.'],
  examples: [['cart remove a-bear-called-bruno -n 1', 'one of them goes back']],
  operands: '<item>',
  words: 'any',
  args: {
    quantity: { type: 'string', alias: 'n', valueHint: 'pieces', description: 'how many; without, all' },
    option: { type: 'string', valueHint: 'values', description: 'which version, where there are several' },
  },
  run: async (typed, { screen }) => {
    const market = await openMarketAsMember(typed)
    const subject = subjectOf(typed._).toLowerCase()
    const { lines } = await readCart(market)
    const option = typed.option?.toLowerCase()
    const fitting = lines.filter(
      ({ slug, title, productId, variantId, optionValues }) =>
        ([slug, productId, variantId].includes(subject) || title.toLowerCase().includes(subject)) &&
        (!option || optionValues.join(' ').toLowerCase().includes(option)),
    )
    const [line] = fitting
    if (!line) throw refused({ code: 'not-in-cart', message: `There is no "${clean(subject)}" in the cart.` })
    if (fitting.length > 1) {
      const names = fitting.map(({ slug, optionValues }) => `  ${slug}  ${clean(optionValues.join(' · '))}`)
      throw notBegun('ambiguous-item', `"${clean(subject)}" could be several lines:`, names.join('\n'))
    }
    const left = Math.max(0, line.quantity - readQuantity(typed.quantity, line.quantity))
    await must(market, market.api.cart.lines[':variantId'].$put(putOf(line.variantId, left)))
    return showCart(screen, await readCart(market))
  },
})

const clear = command({
  name: 'clear',
  summary: 'empty the cart: all pieces go back',
  about: ['Gives back every piece that the cart holds.'],
  examples: [['cart clear', 'at once, without a question']],
  args: {},
  run: async (typed, { screen }) => {
    const market = await openMarketAsMember(typed)
    return showCart(screen, await must(market, market.api.cart.$delete()))
  },
})

export const cart: Readonly<Record<string, SoukCommand>> = { '': show, add, remove, clear }

export function readCart(market: Market): Promise<CartView> {
  return must(market, market.api.cart.$get())
}

/** The cart's lines as a table, below it what a checkout now would cost. */
export function cartWords({ lines, heldTotalCents }: CartView): string {
  if (lines.length === 0) return 'The cart is empty.'
  const rows = tableOf<CartView['lines'][number]>(
    [
      { name: 'pieces', of: ({ quantity }) => String(quantity), side: 'right' },
      { name: 'item', of: ({ title, optionValues }) => clean([title, ...optionValues].join(' · ')), isElastic: true },
      { name: 'each', of: ({ unitPriceCents }) => formatMoney(BigInt(unitPriceCents)), side: 'right' },
      { name: 'sum', of: ({ totalCents }) => formatMoney(BigInt(totalCents)), side: 'right' },
      { name: 'held until', of: ({ state, expiresAt }) => (state === 'held' ? timeOf(expiresAt) : STATES[state]) },
      { name: 'name', of: ({ slug }) => clean(slug), isElastic: true },
    ],
    lines,
  )
  return `${rows}\nHeld together: ${formatMoney(BigInt(heldTotalCents))}`
}

const STATES = { lapsed: 'not any more', checkout: 'being paid' } as const

function showCart(screen: Screen, view: CartView): Promise<number> {
  screen.show(view, cartWords(view))
  return Promise.resolve(EXIT.done)
}

/** The item that was named. Refuses: none. */
export function subjectOf(words: readonly string[]): string {
  const subject = words.join(' ').trim()
  if (subject) return subject
  throw notBegun('miscalled', 'Say which item: the end of its page’s address, its id, or words that name it.')
}

function timeOf(at: string): string {
  return new Date(at).toLocaleTimeString('en-GB')
}

function putOf(variantId: string, quantity: number) {
  return { param: { variantId }, json: { quantity } }
}
