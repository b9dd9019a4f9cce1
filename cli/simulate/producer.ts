import { setTimeout as sleep } from 'node:timers/promises'
import { ask, must, type Visitor } from '../runner/client.ts'
import type { Make, Scenario, Ware } from './scenario.ts'

/** Who makes a product, by its id in the scenario: the variants of all its producers, in their order. */
export type Stalls = Map<string, string[]>

/** What was done so far, for the line that moves. */
export interface Tally {
  made: number
  bought: number
}

/** Puts each product of a producer on sale, sold out as yet. Returns its variant's id by the product's in the scenario. */
export async function openStall(
  { market }: Visitor,
  cycle: readonly Make[],
  wares: Scenario['wares'],
): Promise<Map<string, string>> {
  const ids = [...new Set(cycle.map(({ productId }) => productId))]
  const opened = ids.map(async (productId): Promise<[string, string]> => {
    const { title, priceCents, printed } = wares.get(productId) as Ware
    const variants = [{ priceCents, quantity: 0 }]
    const json = { title, description: printed, categorySlug: 'other', variants, publish: true }
    const product = await must(market.products.$post({ json }))
    return [productId, product.variants[0]?.id ?? '']
  })
  return new Map(await Promise.all(opened))
}

/**
 * Publishes one piece after the other, in a cycle without end, until it is over. Where the market refuses a piece because the
 * shop has as many on sale as it may, it is tried again after a while.
 */
export async function produce(
  { handle, market }: Visitor,
  { cycle, republishMs }: Scenario['producers'][number],
  { stall, tally, over }: { stall: ReadonlyMap<string, string>; tally: Tally; over: AbortSignal },
): Promise<void> {
  let count = 0
  const rest = (ms: number) => sleep(ms, undefined, { signal: over }).catch(() => undefined)
  const endless = function* () {
    for (;;) for (const make of cycle) for (let piece = 0; piece < make.pieces; piece++) yield make
  }
  for (const { productId, makeMs } of endless()) {
    const param = { variantId: stall.get(productId) ?? '' }
    // The same piece, however often it has to be said.
    const key = { headers: { 'idempotency-key': `${handle}-${++count}` } }
    for (;;) {
      if (over.aborted) return
      const json = { delta: 1, ifOver: 'refuse' as const }
      const answer = await ask(market.stock[':variantId'].adjustments.$post({ param, json }, key))
      if (answer.ok) break
      if (answer.code !== 'over-capacity') throw new Error(answer.message)
      await rest(republishMs)
    }
    tally.made++
    await rest(makeMs)
  }
}
