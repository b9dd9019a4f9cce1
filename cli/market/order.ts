import type { OrderView } from '#lib/orders/schema'
import { must, type Market } from '../market.ts'
import { notBegun } from '../terminal/failure.ts'

/** The order of that number, however it is written. Refuses: what is no number of an order. */
export async function readOrder(market: Market, number: string | undefined): Promise<OrderView> {
  const known = number?.toUpperCase() ?? ''
  if (!/^S-[0-9A-Z]{8}$/.test(known)) throw notBegun('miscalled', 'Say the number of an order, such as S-7K3M9QXD.')
  return must(market, market.api.orders[':number'].$get({ param: { number: known } }))
}
