import type { OrderView } from '#lib/orders/schema'
import { formatMoney } from '#lib/money'
import { readOrder } from './market/order.ts'
import { must, openMarketAsMember, type Market } from './market.ts'
import { review } from './orders/review.ts'
import { command, type SoukCommand } from './terminal/command.ts'
import { EXIT, refused } from './terminal/failure.ts'
import { tableOf } from './terminal/table.ts'
import { clean } from './terminal/text.ts'

const list = command({
  name: 'list',
  summary: 'your orders, the newest first',
  about: ['Lists what you bought.'],
  examples: [['orders --all --json', 'all of them, one object a line']],
  args: { all: { type: 'boolean', description: 'all of them, not only the newest page' } },
  run: async (typed, { screen }) => {
    const market = await openMarketAsMember(typed)
    const orders: OrderView[] = []
    let cursor: string | undefined
    do {
      const page = await must(market, market.api.orders.$get({ query: cursor ? { cursor } : {} }))
      orders.push(...page.items)
      cursor = page.nextCursor ?? undefined
    } while (cursor && typed.all)
    if (screen.isJson) for (const order of orders) screen.show(order, '')
    else screen.show(null, ordersWords(orders))
    if (cursor) screen.note('There are more: souk orders --all')
    return EXIT.done
  },
})

const show = command({
  name: 'show',
  summary: 'one order: its parts, where they are, what was paid',
  about: ['Shows an order by its number, shop by shop.'],
  examples: [['orders show S-7K3M9QXD', 'that one']],
  operands: '<number>',
  words: 1,
  args: {},
  run: async (typed, { screen }) => {
    const order = await readOrder(await openMarketAsMember(typed), typed._[0])
    screen.show(order, orderWords(order))
    return EXIT.done
  },
})

const receive = command({
  name: 'receive',
  summary: 'say that an order has arrived',
  about: [
    'Says so of every part of the order that is on its way: then the shop gets its money.',
    'Exit code 1: nothing of it is on its way.',
  ],
  examples: [['orders receive S-7K3M9QXD', 'all of it that was sent']],
  operands: '<number>',
  words: 1,
  args: { seller: { type: 'string', valueHint: 'handle', description: 'only what this shop sent' } },
  run: async (typed, { screen }) => {
    const market = await openMarketAsMember(typed)
    const order = await readOrder(market, typed._[0])
    const parts = order.sellerOrders.filter(
      ({ status, seller }) => status === 'shipped' && (!typed.seller || seller.handle === typed.seller),
    )
    if (parts.length === 0) {
      throw refused({ code: 'wrong-state', message: `Nothing of ${order.number} is on its way to you.` })
    }
    for (const { id, seller } of parts) {
      const route = market.api.orders[':number']['seller-orders'][':id'].receive
      const state = await must(market, route.$post({ param: { number: order.number, id } }))
      screen.show(state, `Received from ${clean(seller.name)}: ${order.number}.`)
    }
    return EXIT.done
  },
})

export const orders: Readonly<Record<string, SoukCommand>> = { '': list, list, show, receive, review }

export function readOrders(market: Market): Promise<{ items: OrderView[] }> {
  return must(market, market.api.orders.$get({ query: {} }))
}

export function ordersWords(listed: readonly OrderView[]): string {
  if (listed.length === 0) return 'You ordered nothing yet.'
  return tableOf<OrderView>(
    [
      { name: 'number', of: ({ number }) => number },
      { name: 'ordered', of: ({ createdAt }) => dayOf(createdAt) },
      { name: 'sum', of: ({ totalCents, currency }) => money(totalCents, currency), side: 'right' },
      { name: 'state', of: statesOf },
      { name: 'items', of: itemsOf, isElastic: true },
    ],
    listed,
  )
}

export function orderWords(order: OrderView): string {
  const { number, createdAt, totalCents, currency, address, sellerOrders } = order
  const parts = sellerOrders.flatMap(({ seller, status, lines, shipping, trackingNumber, carrier }) => [
    `${clean(seller.name)}: ${status}${trackingNumber ? ` (${clean(`${carrier ?? ''} ${trackingNumber}`).trim()})` : ''}`,
    ...lines.map(
      ({ quantity, title, optionValues, totalCents: sum }) =>
        `  ${quantity} × ${clean([title, ...optionValues].join(' · '))}  ${money(sum, currency)}`,
    ),
    `  sending  ${money(shipping.totalCents, currency)}`,
  ])
  const { name, line1, postalCode, city, country } = address
  return [
    `${number}, ${dayOf(createdAt)}, ${statesOf(order)}, ${money(totalCents, currency)}`,
    ...parts,
    `To ${clean([name, line1, `${postalCode} ${city}`, country].join(', '))}`,
  ].join('\n')
}

function statesOf({ status, sellerOrders }: OrderView): string {
  const states = new Set(sellerOrders.map((part) => part.status))
  return status === 'paid' ? [...states].join(', ') : status
}

function itemsOf({ sellerOrders }: OrderView): string {
  const lines = sellerOrders.flatMap((part) => part.lines)
  return clean(lines.map(({ quantity, title }) => `${quantity} × ${title}`).join(', '))
}

function dayOf(at: string): string {
  return at.slice(0, 16).replace('T', ' ')
}

function money(cents: string, currency: string): string {
  return formatMoney(BigInt(cents), 'en-IE', currency)
}
