import { expect, test } from 'vitest'
import { newId } from '#lib/ids'
import { listImbalances, makeVariant } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import {
  auditDuring,
  isTooMuch,
  makeBuyers,
  makeRandom,
  nth,
  raceTimeout,
  report,
  rounds,
  useEngines,
  type Buyer,
  type Random,
} from '../../scripts/test-race.ts'
import { listStock } from './queries.ts'

await useTestDatabase()
process.env.HOLD_COOLDOWN_MS = '1'
const engines = await useEngines()

const START = 20

interface Shelf {
  readonly variantId: string
  readonly sellerId: string
  readonly userId: string
  deltas: number
  sold: number
}

interface Tally {
  edits: number
  accepted: number
  changedMeanwhile: number
  belowHeld: number
  lost: number
  busy: number
}

/** One edit, by a difference or to a number on condition of a version. */
async function editOnce(shelf: Shelf, random: Random, tally: Tally): Promise<void> {
  const { variantId, sellerId, userId } = shelf
  const [seen] = await listStock({ variantIds: [variantId] })
  if (!seen) throw new Error('no such stock')
  const target = Math.max(0, seen.onHand + random.int(9) - 4 - (random.chance(0.1) ? seen.onHand : 0))
  const isSet = random.chance(0.5)
  const delta = isSet ? target - seen.onHand : random.int(9) - 4
  const change = isSet ? { onHand: target, version: seen.version } : { delta }
  const edited = await random
    .pick(engines)
    .ask('adjustStock', { variantId, sellerId, actorId: userId, change, note: '' })
  tally.edits++
  if (!edited.ok) {
    tally.changedMeanwhile += Number(edited.refusal.code === 'stock-changed')
    tally.belowHeld += Number(edited.refusal.code === 'below-held')
    return
  }
  tally.accepted++
  shelf.deltas += delta
  // A number that was set on a version stands as it was set: nothing came between.
  if (isSet && edited.value.stock.onHand !== target) tally.lost++
  expect(edited.value.stock.available).toBeGreaterThanOrEqual(0)
}

async function buyOnce({ cartId, buyerId }: Buyer, shelf: Shelf, random: Random): Promise<void> {
  const { variantId } = shelf
  await random.pick(engines).ask('hold', { cartId, variantId, quantity: random.int(4) })
  if (!random.chance(0.4)) return
  const orderId = newId()
  const begun = await random.pick(engines).ask('begin', { orderId, cartId, buyerId, deadlineMs: 60_000 })
  if (!begun.ok) return
  for (let tries = 0; tries < 20; tries++) {
    const taken = await random
      .pick(engines)
      .ask('take', [orderId])
      .catch((error: unknown) => {
        if (!isTooMuch(error)) throw error
        return null
      })
    if (!taken) continue
    shelf.sold += taken.reduce((sum, line) => sum + line.quantity, 0)
    return
  }
  throw new Error('An order could not be finished.')
}

test(
  'sellers set and change counts while buyers hold and buy: no change is lost, none goes below what is held',
  { timeout: raceTimeout },
  async () => {
    const shelves: Shelf[] = await Promise.all(
      Array.from({ length: 3 }, async () => ({ ...(await makeVariant({ quantity: START })), deltas: 0, sold: 0 })),
    )
    const buyers = await makeBuyers(45)
    const tally: Tally = { edits: 0, accepted: 0, changedMeanwhile: 0, belowHeld: 0, lost: 0, busy: 0 }
    const most = rounds(300, 5_000)
    const loop = async (act: () => Promise<void>) => {
      while (tally.edits < most) {
        try {
          await act()
        } catch (error) {
          if (!isTooMuch(error)) throw error
          tally.busy++
        }
      }
    }
    const work = Promise.all([
      ...Array.from({ length: 9 }, (_, index) => {
        const random = makeRandom(200 + index)
        return loop(() => editOnce(nth(shelves, index), random, tally))
      }),
      ...buyers.map((buyer, index) => {
        const random = makeRandom(300 + index)
        return loop(() => buyOnce(buyer, nth(shelves, index), random))
      }),
    ])
    const { samples, breaches } = await auditDuring(work)
    const sold = shelves.reduce((sum, shelf) => sum + shelf.sold, 0)
    report('A9', { ...tally, sold, samples })
    expect(breaches).toEqual([])
    expect(tally.lost).toBe(0)
    for (const { variantId, deltas, sold: pieces } of shelves) {
      const [state] = await listStock({ variantIds: [variantId] })
      expect(state?.onHand).toBe(START + deltas - pieces)
    }
    for (const figure of [tally.accepted, tally.changedMeanwhile, tally.belowHeld, sold])
      expect(figure).toBeGreaterThan(0)
    expect(await listImbalances()).toEqual([])
  },
)
