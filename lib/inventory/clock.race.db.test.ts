import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { newId } from '#lib/ids'
import { HOUR_MS } from '#lib/time'
import { listImbalances, makeVariant } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import {
  clock,
  makeBuyers,
  patient,
  raceTimeout,
  report,
  rounds,
  useEngines,
  type Buyer,
  type Engine,
} from '../../scripts/test-race.ts'

await useTestDatabase()
process.env.OFFER_TTL_MS = '400'
process.env.HOLD_COOLDOWN_MS = '1'
const nodes = await useEngines([
  { CLOCK_SHIFT_MS: '0' },
  { CLOCK_SHIFT_MS: `${HOUR_MS}` },
  { CLOCK_SHIFT_MS: `${-HOUR_MS}` },
])
const engines = nodes.map(patient)
const [right, ahead, behind] = engines as [Engine, Engine, Engine]

async function makePair(): Promise<[Buyer, Buyer]> {
  return (await makeBuyers(2)) as [Buyer, Buyer]
}

/** One node holds a piece, another asks for it until it is given. By how much too early or too late that was. */
async function watchExpiry(holder: Engine, asker: Engine): Promise<{ early: number; late: number }> {
  const [buyer, rival] = await makePair()
  const { variantId } = await makeVariant({ quantity: 1 })
  const before = await clock()
  const held = await holder.ask('hold', { cartId: buyer.cartId, variantId, quantity: 1, ttlMs: 250 })
  if (!held.ok || !held.value) throw new Error('The piece was not held.')
  const { expiresAt, now } = held.value
  expect(now.getTime()).toBeGreaterThanOrEqual(before.getTime())
  expect(now.getTime()).toBeLessThanOrEqual((await clock()).getTime())
  expect(expiresAt.getTime() - now.getTime()).toBe(250)
  for (;;) {
    const askedAt = await clock()
    const answer = await asker.ask('hold', { cartId: rival.cartId, variantId, quantity: 1 })
    if (answer.ok && answer.value)
      return { early: Math.max(0, expiresAt.getTime() - answer.value.now.getTime()), late: 0 }
    if (askedAt >= expiresAt) return { early: 0, late: askedAt.getTime() - expiresAt.getTime() + 1 }
    await asker.ask('sweep', undefined)
    await sleep(3)
  }
}

test(
  'a node whose clock is an hour ahead or behind ends no hold early and keeps none too long',
  { timeout: raceTimeout },
  async () => {
    const pairs = engines.flatMap((holder) => engines.map((asker) => ({ holder, asker })))
    const seen: { early: number; late: number }[] = []
    for (let round = 0; round < rounds(3, 60); round++) {
      seen.push(...(await Promise.all(pairs.map(({ holder, asker }) => watchExpiry(holder, asker)))))
    }
    const early = seen.filter((each) => each.early > 0).length
    const late = seen.filter((each) => each.late > 0).length
    report('A8', { expiries: seen.length, early, late })
    expect({ early, late }).toEqual({ early: 0, late: 0 })
    expect(await listImbalances()).toEqual([])
  },
)

test('a checkout converts what is held and not what is over, whatever the clock of its node', async () => {
  for (const engine of engines) {
    const [alive, late] = await makePair()
    const { variantId } = await makeVariant({ quantity: 2 })
    const begin = (buyer: Buyer) => engine.ask('begin', { orderId: newId(), ...buyer, deadlineMs: 60_000 })
    await right.ask('hold', { cartId: alive.cartId, variantId, quantity: 1, ttlMs: 10_000 })
    await right.ask('hold', { cartId: late.cartId, variantId, quantity: 1, ttlMs: 1 })
    await sleep(5)
    expect(await begin(alive)).toMatchObject({ ok: true })
    expect(await begin(late)).toMatchObject({ ok: false, refusal: { code: 'nothing-held' } })
  }
})

test('an offer lasts as long as it was made for, and a drop opens on time, whatever the clock of the node', async () => {
  for (const engine of [ahead, behind]) {
    const [buyer, other] = await makePair()
    const { variantId, sellerId, userId } = await makeVariant({ quantity: 0 })
    await engine.ask('join', { ...buyer, variantId, quantity: 1 })
    const before = await clock()
    await engine.ask('adjustStock', { sellerId, actorId: userId, variantId, change: { delta: 1 }, note: '' })
    const after = await clock()
    const [entry] = await db.run(sql<{ until: Date }>`
      select offered_until as until from waitlist_entry where variant_id = ${variantId}`)
    expect(entry?.until.getTime()).toBeGreaterThanOrEqual(before.getTime() + 400)
    expect(entry?.until.getTime()).toBeLessThanOrEqual(after.getTime() + 400)
    expect(await engine.ask('hold', { cartId: buyer.cartId, variantId, quantity: 1 })).toMatchObject({ ok: true })

    const opensAt = new Date((await clock()).getTime() + 300)
    const drop = await makeVariant({ quantity: 1, opensAt })
    for (;;) {
      const askedAt = await clock()
      const answer = await engine.ask('hold', { cartId: other.cartId, variantId: drop.variantId, quantity: 1 })
      if (answer.ok) expect((await clock()).getTime()).toBeGreaterThanOrEqual(opensAt.getTime())
      else expect(askedAt.getTime()).toBeLessThan(opensAt.getTime())
      if (answer.ok) break
      await sleep(10)
    }
  }
  expect(await listImbalances()).toEqual([])
})
