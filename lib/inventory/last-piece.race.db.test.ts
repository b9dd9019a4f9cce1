import { expect, test } from 'vitest'
import { db, sql, transact, transaction } from '#lib/db'
import { newId } from '#lib/ids'
import { listImbalances, makeSeller, makeVariant } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import {
  makeAnonymousCarts,
  makeRandom,
  nth,
  raceTimeout,
  report,
  rounds,
  useEngines,
  volley,
} from '../../scripts/test-race.ts'
import { changeOnHand, changeStock } from './commands/change-stock.ts'
import type { StockRequest } from './types.ts'

await useTestDatabase()
process.env.CART_LINES_MAX = '10000'
const engines = await useEngines()

async function heldLines(variantId: string) {
  return db.run(sql<{ cartId: string; quantity: number }>`
    select cart_id as "cartId", quantity
    from hold
    where variant_id = ${variantId} and state = 'held'`)
}

test(
  '200 buyers on three nodes race for one piece: one gets it, every other is told what is left, round after round',
  { timeout: raceTimeout },
  async () => {
    const random = makeRandom(1)
    const seller = await makeSeller()
    const carts = await makeAnonymousCarts(200)
    const most = rounds(20, 500)
    const refusals = new Set<string>()
    let winners = 0
    for (let round = 0; round < most; round++) {
      const { variantId } = await makeVariant({ quantity: 1, seller })
      const asking = random.shuffle(carts)
      const answers = await volley(
        engines,
        'hold',
        asking.map((cartId) => ({ cartId, variantId, quantity: 1 })),
      )
      const won = asking.filter((_, index) => {
        const answer = nth(answers, index)
        if (answer.status === 'rejected') throw answer.reason
        if (!answer.value.ok) refusals.add(JSON.stringify(answer.value.refusal))
        return answer.value.ok
      })
      expect(won).toHaveLength(1)
      expect(await heldLines(variantId)).toEqual([{ cartId: won[0], quantity: 1 }])
      winners += won.length
    }
    expect(winners).toBe(most)
    expect([...refusals].map((text) => JSON.parse(text) as unknown)).toEqual([
      { code: 'sold-out', detail: { available: 0, held: 0, inCarts: 1, waiting: 0 } },
    ])
    expect(await listImbalances()).toEqual([])
    report('A1', { rounds: most, winners, oversold: 0 })
  },
)

test(
  'one variant many times in one batch is summed before the check, whatever the order',
  { timeout: raceTimeout },
  async () => {
    const random = makeRandom(3)
    const carts = await makeAnonymousCarts(4)
    for (let round = 0; round < rounds(100, 2_000); round++) {
      const { variantId } = await makeVariant({ quantity: 5 })
      const requests = Array.from({ length: 12 }, (): StockRequest & { type: 'set' } => {
        const asker = { cartId: random.pick(carts), anonymous: false, source: null }
        return { type: 'set', holdId: newId(), variantId, quantity: random.int(6), ttlMs: 60_000, ...asker }
      })
      const answers = await transact((tx) => changeStock(tx, requests))
      // What each cart was told last, summed while the batch goes on, is never more than there is.
      const told = new Map<string, number>()
      requests.forEach(({ cartId, quantity }, index) => {
        const before = [...told.values()].reduce((sum, each) => sum + each, 0) - (told.get(cartId) ?? 0)
        expect(nth(answers, index).ok).toBe(before + quantity <= 5)
        if (nth(answers, index).ok) told.set(cartId, quantity)
      })
      const lines = await heldLines(variantId)
      expect(new Map(lines.map((line) => [line.cartId, line.quantity]))).toEqual(
        new Map([...told].filter(([, quantity]) => quantity > 0)),
      )
    }
    expect(await listImbalances()).toEqual([])
  },
)

test('a withdrawal in two parts of one batch is refused when both together are more than is free', async () => {
  const { variantId, userId } = await makeVariant({ quantity: 5 })
  const half = { variantId, delta: -3, reason: 'withdrawal', note: '', actorId: userId } as const
  const refused = await transaction((tx) => changeOnHand(tx, [half, half]))
  expect(refused).toMatchObject({ ok: false, refusal: { code: 'below-held' } })
  expect(await listImbalances()).toEqual([])
})

test(
  'six devices of one cart on three nodes leave one line, with a quantity that was granted last to one of them',
  { timeout: raceTimeout },
  async () => {
    const random = makeRandom(4)
    for (let round = 0; round < rounds(30, 500); round++) {
      const { variantId } = await makeVariant({ quantity: 6 })
      const [cartId = '', other = ''] = await makeAnonymousCarts(2)
      const asks = random.shuffle([
        ...Array.from({ length: 6 }, (_, index) => ({ cartId, variantId, quantity: index + 1 })),
        { cartId: other, variantId, quantity: 3 },
      ])
      const answers = await volley(engines, 'hold', asks)
      const granted = asks.filter((_, index) => {
        const answer = nth(answers, index)
        return answer.status === 'fulfilled' && answer.value.ok
      })
      const lines = await heldLines(variantId)
      expect(lines.length).toBe(new Set(granted.map((ask) => ask.cartId)).size)
      for (const line of lines) expect(granted).toContainEqual({ ...line, variantId })
      expect(lines.reduce((sum, line) => sum + line.quantity, 0)).toBeLessThanOrEqual(6)
    }
    expect(await listImbalances()).toEqual([])
  },
)
