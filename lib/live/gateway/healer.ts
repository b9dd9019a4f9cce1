import { log } from '#lib/log'
import type { LiveEvent } from '../events.ts'
import { relayStock } from '../publish.ts'
import type { GatewayOptions } from '../types.ts'
import type { Boards, Delivery } from './delivery.ts'

/** Products per statement of the re-read. */
const REREAD_CHUNK = 500

/** Tells a room of an event; where it says that a product was edited, its prices are read again and told too. */
export function createTeller({ prices }: Boards, delivery: Delivery, { readPrices }: GatewayOptions) {
  return (room: string, event: LiveEvent) => {
    delivery.event(room, event)
    if (event.type !== 'product' || !prices.isWatched(event.productId)) return
    readPrices([event.productId]).then(delivery.prices, (error: unknown) => {
      log().warn({ err: error }, 'The prices of an edited product could not be read')
    })
  }
}

/** Reads the watched products again and tells what is news. One at a time; a failure is next second's work. */
export function createHealer(
  { stock, prices }: Boards,
  delivery: Delivery,
  { readStock, readPrices }: GatewayOptions,
): () => Promise<void> {
  let isBusy = false
  return async () => {
    if (isBusy) return
    isBusy = true
    try {
      const productIds = stock.productIds()
      for (let from = 0; from < productIds.length; from += REREAD_CHUNK) {
        const ids = productIds.slice(from, from + REREAD_CHUNK)
        const [counted, priced] = await Promise.all([readStock(ids), readPrices(ids)])
        relayStock(stock.newsIn(counted))
        delivery.prices(prices.newsIn(priced))
      }
    } catch (error) {
      log().warn({ err: error }, 'The watched counts could not be read again')
    } finally {
      isBusy = false
    }
  }
}
