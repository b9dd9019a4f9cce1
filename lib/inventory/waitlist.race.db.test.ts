import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { listImbalances, makeVariant } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { watchPace } from '../../scripts/test-pace.ts'
import {
  auditDuring,
  isTooMuch,
  makeAnonymousCarts,
  makeBuyers,
  makeRandom,
  nth,
  quantile,
  raceTimeout,
  report,
  rounds,
  useEngines,
  volley,
  type Buyer,
  type Random,
} from '../../scripts/test-race.ts'

const pace = watchPace()
const OFFER_TTL = 250

await useTestDatabase()
process.env.OFFER_TTL_MS = `${OFFER_TTL}`
process.env.HOLD_COOLDOWN_MS = '1'
const engines = await useEngines()

interface Offer {
  readonly buyerId: string
  readonly position: number
  readonly joinedAt: Date
  /** The clock of the batch that made the first offer. */
  readonly decidedAt: Date
  readonly transaction: string
}

/** The database itself writes down every offer in the order made, and how late each one that passed was taken back. */
async function recordOffers(): Promise<void> {
  await db.run(sql`
    create table offer_record (
      id bigserial, buyer_id uuid, position int, joined_at timestamptz, decided_at timestamptz,
      transaction text default pg_current_xact_id()::text
    )`)
  await db.run(sql`create table lapse_record (late_ms float8)`)
  await db.run(sql`
    create function record_offer() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' then
        if old.offered > 0 and old.offered_until <= clock_timestamp() then
          insert into lapse_record select extract(epoch from clock_timestamp() - old.offered_until) * 1000;
        end if;
      elsif new.offered > 0 and (tg_op = 'INSERT' or new.offered > old.offered) then
        insert into offer_record (buyer_id, position, joined_at, decided_at)
        values (new.buyer_id, new.position, new.joined_at, new.offered_until - interval '250 milliseconds');
      end if;
      return null;
    end $$`)
  await db.run(sql`
    create trigger record_offer after insert or update or delete on waitlist_entry
    for each row execute function record_offer()`)
}

function listOffers(): Promise<Offer[]> {
  return db.run(sql<Offer>`
    select buyer_id as "buyerId", position, joined_at as "joinedAt", decided_at as "decidedAt", transaction
    from offer_record
    order by id`)
}

/** Offers made to somebody while an earlier transaction had reached further down the line. */
function countInversions(offers: readonly Offer[]): number {
  let [reached, before, current] = [0, 0, '']
  let inversions = 0
  for (const { position, transaction } of offers) {
    if (transaction !== current) [before, current] = [reached, transaction]
    inversions += Number(position < before)
    reached = Math.max(reached, position)
  }
  return inversions
}

async function placesOf(variantId: string) {
  return db.run(sql<{ position: number; joinedAt: Date; offered: number; cartId: string }>`
    select position, joined_at as "joinedAt", offered, cart_id as "cartId"
    from waitlist_entry
    where variant_id = ${variantId}
    order by position`)
}

/** Does it until the line is empty, passing over what was too much just then. */
async function whileLine(line: { isEmpty: boolean }, pauseMs: number, act: () => Promise<unknown>): Promise<void> {
  while (!line.isEmpty) {
    try {
      await act()
    } catch (error) {
      if (!isTooMuch(error)) throw error
    }
    await sleep(pauseMs)
  }
}

/** Looks who has an offer: most take it, some let it pass, a few have what they took only for a moment. */
async function answerOffers(variantId: string, random: Random, seen: Map<string, boolean>): Promise<void> {
  const places = await placesOf(variantId)
  const open = places.filter((place) => place.offered > 0)
  await Promise.all(
    open.map(async ({ cartId, offered }) => {
      if (!seen.has(cartId)) seen.set(cartId, random.chance(0.7))
      if (!seen.get(cartId)) return
      const line = { cartId, variantId, quantity: offered, ttlMs: random.chance(0.2) ? 50 : 600_000 }
      await random.pick(engines).ask('hold', line)
    }),
  )
}

test(
  'who waits is served in the order of the line, by offers that pass on, and nobody who barges in gets a piece before',
  { timeout: raceTimeout },
  async () => {
    await recordOffers()
    const random = makeRandom(7)
    const { variantId, sellerId, userId } = await makeVariant({ quantity: 0 })
    const entrants = await makeBuyers(rounds(150, 1_000))
    const bargers = await makeAnonymousCarts(15)
    await joinAll(entrants, variantId, random)

    const line = { isEmpty: false }
    const barged: Date[] = []
    const seen = new Map<string, boolean>()
    const deposit = { sellerId, actorId: userId, variantId, change: { delta: 1 }, note: '' }
    const work = Promise.all([
      whileLine(line, 15, () => random.pick(engines).ask('adjustStock', deposit)),
      whileLine(line, 10, () => answerOffers(variantId, random, seen)),
      whileLine(line, 20, async () => {
        line.isEmpty = (await placesOf(variantId)).length === 0
      }),
      ...engines.map((engine) => whileLine(line, 40, () => engine.ask('sweep', undefined))),
      ...bargers.map((cartId, index) =>
        whileLine(line, 10 + index, async () => {
          const answer = await nth(engines, index).ask('hold', { cartId, variantId, quantity: 1, ttlMs: 100 })
          if (answer.ok && answer.value) barged.push(answer.value.now)
        }),
      ),
      // Some leave, and come back to the end.
      ...random
        .shuffle(entrants)
        .slice(0, 10)
        .map((buyer) => leaveAndReturn(buyer, variantId, random)),
    ])
    const { samples, breaches } = await auditDuring(work)

    const offers = await listOffers()
    const barges = barged.filter((at) => offers.some((offer) => offer.joinedAt < at && offer.decidedAt > at)).length
    const inversions = countInversions(offers)
    const lapses = await db.run(sql<{ lateMs: number }>`select late_ms as "lateMs" from lapse_record`)
    const p99 = quantile(
      lapses.map((lapse) => lapse.lateMs),
      0.99,
    )
    const figures = { offers: offers.length, lapsed: lapses.length, inversions, barges, samples }
    report('A11', { ...figures, 'unserved or uneven moments': breaches.length, 'lapse to next offer p99 ms': p99 })
    expect(breaches).toEqual([])
    expect({ inversions, barges }).toEqual({ inversions: 0, barges: 0 })
    expect(new Set(offers.map((offer) => offer.buyerId)).size).toBeGreaterThanOrEqual(entrants.length - 10)
    expect(lapses.length).toBeGreaterThan(0)
    expect(p99).toBeLessThanOrEqual(1_000 * pace())
    expect(await listImbalances()).toEqual([])
  },
)

/** All ask at once on all nodes; each twice, for one piece or two. Places are 1 to N in the order in which they were given. */
async function joinAll(entrants: readonly Buyer[], variantId: string, random: Random): Promise<void> {
  const wishes = entrants.map((buyer) => ({ ...buyer, variantId, quantity: random.chance(0.1) ? 2 : 1 }))
  const answers = await volley(engines, 'join', random.shuffle([...wishes, ...wishes]))
  expect(answers.filter((answer) => answer.status === 'rejected' || !answer.value.ok)).toEqual([])
  const places = await placesOf(variantId)
  expect(places.map((place) => place.position)).toEqual(entrants.map((_, index) => index + 1))
  const joined = places.map((place) => place.joinedAt.getTime())
  expect(joined).toEqual(joined.toSorted((left, right) => left - right))
}

async function leaveAndReturn(buyer: Buyer, variantId: string, random: Random): Promise<void> {
  await sleep(random.int(500))
  await random.pick(engines).ask('leave', { cartId: buyer.cartId, variantId })
  await random.pick(engines).ask('join', { ...buyer, variantId, quantity: 1 })
}
