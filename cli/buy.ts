import { confirm } from '@clack/prompts'
import type { CartView } from '#lib/cart/schema'
import { readCart } from './cart.ts'
import { readQuantity } from './check.ts'
import { DELIVERY, readDelivery } from './market/delivery.ts'
import { openHolds, type Holds } from './market/holds.ts'
import { chooseVariant, findProduct, titleOf, unknownVersion, type Item } from './market/item.ts'
import { placeOrder, quoteWords, readQuote } from './market/purchase.ts'
import { openMarketAsMember, type Market } from './market.ts'
import { askOn } from './terminal/ask.ts'
import { command, type Surroundings } from './terminal/command.ts'
import { EXIT, notBegun, refused } from './terminal/failure.ts'

export const buy = command({
  name: 'buy',
  summary: 'buy an item, or what is in the cart',
  about: [
    'Holds the pieces, shows the sum and asks; then pays with a test card and prints the number of the order. Without an item it',
    'pays for what is in the cart. Where there are not enough, it says how many are left and whether more may come back.',
    'What it held goes back if it is not bought, also after Ctrl-C; what cannot be given back is told, with its time.',
    'Exit code 1: refused, and nothing is bought; 130: Ctrl-C.',
  ],
  examples: [
    ['buy a-bear-called-bruno -n 2 --option lap', 'shows the sum, and asks'],
    ['buy brass compass --yes --json', 'for programs, with the address that was kept'],
    ['buy --card 4000000000000002', 'the cart, with a card that is declined'],
  ],
  operands: '[<item>]',
  words: 'any',
  args: {
    quantity: { type: 'string', alias: 'n', valueHint: 'pieces', description: 'how many (1)' },
    option: { type: 'string', valueHint: 'values', description: 'which version, where there are several' },
    yes: { type: 'boolean', alias: 'y', description: 'asks nothing' },
    'with-cart': { type: 'boolean', description: 'with --yes: pay for what else is in the cart, too' },
    ...DELIVERY,
  },
  run: async (typed, around) => {
    const { screen } = around
    const market = await openMarketAsMember(typed)
    if (!typed.yes && !screen.canAsk) throw notBegun('no-terminal', 'Nobody can be asked here: say --yes to buy.')
    const subject = typed._.join(' ').trim()
    const quantity = readQuantity(typed.quantity, 1)
    if (!subject && (typed.quantity ?? typed.option) !== undefined) {
      throw notBegun('miscalled', 'Say of which item: without one, what the cart has is bought as it is.')
    }
    const cart = await readCart(market)
    const holds = openHolds(market, around)
    if (subject) {
      const product = await findProduct(market, subject)
      const variant = chooseVariant(product, typed.option)
      if ('names' in variant) throw unknownVersion(product, variant.names)
      checkOthers(cart, variant.id, typed.yes === true && !typed['with-cart'])
      await holdPieces(holds, cart, { product, variant }, quantity)
    } else if (cart.lines.length === 0) {
      throw refused({ code: 'empty-cart', message: 'There is nothing in the cart to pay for.' })
    }
    const delivery = await readDelivery(typed, screen)
    const order = await settle(market, around, holds, { delivery, isSure: typed.yes === true })
    screen.show(order, `Bought: order ${order.number}.`)
    return EXIT.done
  },
})

type Delivery = Awaited<ReturnType<typeof readDelivery>>

/** Shows what it comes to, asks unless somebody is sure, and pays. Refuses: No, with nothing bought. */
export async function settle(
  market: Market,
  { screen }: Pick<Surroundings, 'screen'>,
  holds: Holds,
  {
    delivery,
    isSure,
    ask = askOn(process.stderr, null),
  }: { delivery: Delivery; isSure: boolean; ask?: ReturnType<typeof askOn> },
) {
  const [{ lines }, quote] = await Promise.all([readCart(market), readQuote(market, delivery.address.country)])
  screen.note(
    quoteWords(
      lines.filter(({ state }) => state === 'held'),
      quote,
      delivery,
    ),
  )
  const isYes = isSure || (await ask<boolean>((asking) => confirm({ ...asking, message: 'Buy it?' })))
  if (!isYes) throw refused({ code: 'not-confirmed', message: 'Nothing was bought.' })
  return placeOrder(market, { delivery, totalCents: quote.totalCents, holds, screen })
}

/** Has the cart hold so many pieces of the item. Refuses: a cart that has more of them already. */
export async function holdPieces(holds: Holds, cart: CartView, item: Item, quantity: number): Promise<void> {
  const line = cart.lines.find(({ variantId }) => variantId === item.variant.id)
  const before = line?.state === 'held' ? line.quantity : 0
  if (before > quantity) {
    const sentence = `${before} of these are in your cart already. Buy them with -n ${before}, or take some out first.`
    throw refused({ code: 'more-in-cart', message: sentence, detail: { inCart: before } })
  }
  await holds.set({ variantId: item.variant.id, title: `${quantity - before} × ${titleOf(item)}`, before }, quantity)
}

/** An order takes all that a cart holds: nobody who wants one thing is to pay for others unseen. */
export function checkOthers({ lines }: CartView, variantId: string, isAlone: boolean): void {
  const others = lines.filter((line) => line.variantId !== variantId)
  if (others.some(({ state }) => state !== 'held')) {
    throw refused({
      code: 'lines-lapsed',
      message: 'The time of something else in the cart is over. Look at it: souk cart',
    })
  }
  if (isAlone && others.length > 0) {
    const message =
      'There is something else in the cart, and an order takes all of it. Say --with-cart, or: souk cart clear'
    throw refused({ code: 'cart-not-empty', message, detail: { lines: others.length } })
  }
}
