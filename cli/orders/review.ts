import type { OrderView } from '#lib/orders/schema'
import type { BoughtLineView, ReviewInput } from '#lib/reviews/schema'
import { readOrder } from '../market/order.ts'
import { must, openMarketAsMember } from '../market.ts'
import { command } from '../terminal/command.ts'
import { EXIT, notBegun, refused } from '../terminal/failure.ts'
import { clean } from '../terminal/text.ts'

const NAMES = { up: 'thumb up', down: 'thumb down' } as const

export const review = command({
  name: 'review',
  summary: 'say how an item and its shop were',
  about: [
    'A thumb for what you received, another for the shop, and a text that everyone can read. What is not said now stays as',
    'you said it before. Exit code 1: it has not arrived, or it cannot be reviewed any more.',
  ],
  examples: [
    ['orders review S-7K3M9QXD --up --shop up', 'both were good'],
    ['orders review S-7K3M9QXD --item bear --down --text "One ear is loose."', 'of several items that one'],
  ],
  operands: '<number>',
  words: 1,
  args: {
    up: { type: 'boolean', description: 'the item is good' },
    down: { type: 'boolean', description: 'the item is not' },
    shop: { type: 'enum', options: ['up', 'down'], valueHint: 'up|down', description: 'how the shop was' },
    text: { type: 'string', valueHint: 'words', description: 'what else is to be said' },
    item: { type: 'string', valueHint: 'words', description: 'which item of the order, where there are several' },
  },
  run: async (typed, { screen }) => {
    if (typed.up && typed.down) throw notBegun('miscalled', 'Say --up or --down, not both.')
    const market = await openMarketAsMember(typed)
    const order = await readOrder(market, typed._[0])
    const { number } = order
    const said = await must(market, market.api.orders[':number'].reviews.$get({ param: { number } }))
    const { lineId, title, shop } = chooseLine(order, said.lines, typed.item)
    const before = reviewOf(said.lines, lineId)
    const json: ReviewInput = {
      item: typed.up ? 'up' : typed.down ? 'down' : (before?.item ?? null),
      seller: typed.shop ?? before?.seller ?? null,
      text: typed.text ?? before?.text ?? '',
    }
    if (!json.item && !json.seller) throw notBegun('miscalled', 'Say --up or --down for the item, --shop for its shop.')
    const route = market.api.orders[':number'].lines[':lineId'].review
    const { lines } = await must(market, route.$put({ param: { number, lineId }, json }))
    const words = [json.item && `${title}: ${NAMES[json.item]}`, json.seller && `${shop}: ${NAMES[json.seller]}`]
    screen.show(
      lines.find((line) => line.lineId === lineId),
      `${words.filter(Boolean).join('. ')}.${json.text ? `\n${json.text}` : ''}`,
    )
    return EXIT.done
  },
})

/**
 * The line of the order that is meant: the one that the words name, else the only one that has arrived, else the only one there is.
 * Refuses: none of that name, and several, with what they are called.
 */
function chooseLine(order: OrderView, said: readonly BoughtLineView[], words: string | undefined) {
  const all = order.sellerOrders.flatMap(({ seller, lines }) =>
    lines.map((line) => ({
      lineId: line.id,
      title: clean([line.title, ...line.optionValues].join(', ')),
      shop: clean(seller.name),
    })),
  )
  const wanted = words?.toLowerCase().split(/[\s,]+/) ?? []
  const named = all.filter(({ title }) => wanted.every((word) => title.toLowerCase().includes(word)))
  const arrived = named.filter(({ lineId }) => said.some((line) => line.lineId === lineId && line.canReview))
  const fitting = arrived.length > 0 ? arrived : named
  const [only] = fitting
  if (!only) throw refused({ code: 'not-in-order', message: `There is no "${clean(words ?? '')}" in ${order.number}.` })
  if (fitting.length === 1) return only
  const list = fitting.map(({ title, shop }) => `  ${title}  (${shop})`).join('\n')
  throw notBegun('ambiguous-item', `Say which item of ${order.number} with --item.`, `There are:\n${list}`)
}

function reviewOf(lines: readonly BoughtLineView[], lineId: string): BoughtLineView['review'] {
  return lines.find((line) => line.lineId === lineId)?.review ?? null
}
