import { confirm, select } from '@clack/prompts'
import { orderWords, readOrders } from '../orders.ts'
import { must } from '../market.ts'
import { clean } from '../terminal/text.ts'
import type { Visit } from './visit.ts'

/** Shows one of the orders, and asks whether what is on its way has arrived. */
export async function lookAtOrders(visit: Visit): Promise<void> {
  const market = await visit.asMember()
  const { items } = await readOrders(market)
  if (items.length === 0) return visit.say('You ordered nothing yet.')
  const options = items.map(({ number, createdAt, sellerOrders }) => {
    const titles = sellerOrders.flatMap(({ lines }) => lines.map(({ title }) => clean(title)))
    return { value: number, label: `${number}  ${createdAt.slice(0, 10)}  ${titles.join(', ').slice(0, 50)}` }
  })
  const number = await visit.ask<string>((asking) =>
    select({ ...asking, message: 'Which order?', options, maxItems: 12 }),
  )
  const order = items.find((each) => each.number === number)
  if (!order) return
  visit.say(orderWords(order))
  for (const { id, status, seller } of order.sellerOrders) {
    if (status !== 'shipped') continue
    const message = `Has it arrived from ${clean(seller.name)}?`
    if (!(await visit.ask<boolean>((asking) => confirm({ ...asking, message, initialValue: false })))) continue
    await must(market, market.api.orders[':number']['seller-orders'][':id'].receive.$post({ param: { number, id } }))
    visit.say('Then the shop gets its money.')
  }
}
