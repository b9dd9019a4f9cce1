import fc from 'fast-check'
import { expect, test } from 'vitest'
import { db, sql, transact, transaction } from '#lib/db'
import { newId } from '#lib/ids'
import { mergeCarts } from '#lib/cart/commands'
import { listImbalances, makeCart, makeMember, makeSeller } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { openShop } from '../../scripts/test-model-house.ts'
import { claimOf, runOnShop, viewShop } from '../../scripts/test-model.ts'
import type { Command, View, Wish } from '../../scripts/test-model.ts'
import { publishQueued } from './commands/capacity.ts'
import { beginCheckouts, endCheckout, takeForOrders } from './commands/checkout.ts'
import { forgetLines, hold, reclaimDue } from './commands/hold.ts'
import { adjustStock, createStock, setSale } from './commands/stock.ts'
import { join, leave } from './commands/waitlist.ts'

// The engine on PostgreSQL and a model in memory do the same commands and must answer and look the same after each.
// Time goes on by moving the rows. It moves in steps of 140 s, and every life is chosen so that no end, nor an end with a rest,
// comes nearer than 20 s to a step: what a run takes in real time decides nothing.
const STEP = 140
const settings = {
  capPerVariant: 4,
  linesPerCart: 2,
  placesPerBuyer: 1,
  cartsPerAddress: 1,
  anonymousPercent: 70,
  capacity: 6,
  ttl: 350,
  grace: 120,
  limit: 490,
  cooldown: 320,
  offerTtl: 210,
  deadline: 900,
}
Object.assign(process.env, {
  HOLD_CAP_PER_VARIANT: String(settings.capPerVariant),
  CART_LINES_MAX: String(settings.linesPerCart),
  WAITLIST_PLACES_MAX: String(settings.placesPerBuyer),
  HOLD_CARTS_PER_ADDRESS: String(settings.cartsPerAddress),
  HOLD_ANONYMOUS_PERCENT: String(settings.anonymousPercent),
  SELLER_CAPACITY: String(settings.capacity),
  HOLD_TTL_MS: String(settings.ttl * 1000),
  HOLD_LIMIT_MS: String(settings.limit * 1000),
  HOLD_COOLDOWN_MS: String(settings.cooldown * 1000),
  OFFER_TTL_MS: String(settings.offerTtl * 1000),
})
/** MODEL_COMMANDS=… runs more of them, MODEL_COUNTS=1 says what happened, MODEL_SHRINK=off shows the first failure as it is. */
const COMMANDS = Number(process.env.MODEL_COMMANDS ?? 6_000)
const LONGEST = 80

/** Two versions of a product whose seller set a cap, and a product without. */
const variants = [
  { product: 0, cap: 4, quantity: 4 },
  { product: 0, cap: 4, quantity: 3 },
  { product: 1, cap: null, quantity: 4 },
]
/** Two share a network, and the last is a visitor's. */
const carts = [
  { anonymous: false, source: 'home' },
  { anonymous: false, source: 'home' },
  { anonymous: false, source: null },
  { anonymous: true, source: 'cafe' },
]
const VISITOR = carts.length - 1

await useTestDatabase()
const market = await openMarket()

type Step = Command | { readonly do: 'claim'; readonly cart: number; readonly variant: number }

const buyer = fc.nat({ max: VISITOR - 1 })
// The visitor twice as often as a buyer.
const cart = fc.nat({ max: VISITOR + 1 }).map((index) => Math.min(index, VISITOR))
const variant = fc.nat({ max: variants.length - 1 })
const perhapsNone = fc.nat({ max: 30 }).map((index) => (index === 30 ? variants.length : index % variants.length))
const quantity = fc.constantFrom(0, 1, 1, 2, 2, 3, 3, 4, 6)
const pieces = fc.integer({ min: 1, max: 4 })
const ifOver = fc.constantFrom('queue' as const, 'refuse' as const)

function wishFor(which: fc.Arbitrary<number>): fc.Arbitrary<Wish> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('set'), cart, variant: which, quantity }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('join'), cart: buyer, variant: which, quantity: pieces }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('leave'), cart: buyer, variant: which }) },
  )
}

const burst = variant.chain((which) => fc.array(wishFor(fc.constant(which)), { minLength: 2, maxLength: 8 }))
const onHand = fc.record({ onHand: fc.nat({ max: 5 }), isOld: fc.boolean() })
const change = fc.oneof(fc.record({ delta: fc.integer({ min: -3, max: 3 }) }), onHand)

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 28, arbitrary: wishFor(perhapsNone) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('burst'), wishes: burst }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('claim'), cart: buyer, variant }) },
  {
    weight: 5,
    arbitrary: fc.constantFrom(1, 1, 1, 2, 3, 4).map((steps) => ({ do: 'age' as const, seconds: steps * STEP })),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('sweep', 'forget', 'publish', 'publish') }) },
  {
    weight: 21,
    arbitrary: fc.record({
      do: fc.constantFrom('checkout', 'checkout', 'checkout', 'cancel', 'merge', 'merge', 'merge'),
      cart: buyer,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('finish'), carts: fc.uniqueArray(buyer, { minLength: 1, maxLength: 2 }) }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('adjust'), variant: perhapsNone, change, ifOver }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('sale'),
      product: fc.nat({ max: 1 }),
      onSale: fc.constantFrom(true, true, true, true, true, false),
      opensIn: fc.constantFrom(null, null, null, null, 2.5 * STEP),
      cap: fc.constantFrom(null, 2, 2, 3),
      ifOver,
    }),
  },
)

/** What must have happened, and how often at least, so that the test does not go hollow. */
const wanted = {
  'offer made': 50,
  'part offered': 20,
  'offer claimed': 20,
  'offer expired': 20,
  'hold expired': 50,
  'lines joined': 10,
  'merge over a cap': 1,
  'queue published': 1,
  take: 20,
  ok: 1000,
  left: 1,
  'sold-out': 20,
  'not-enough': 20,
  'not-on-sale': 20,
  'not-open-yet': 20,
  'over-cap': 20,
  'address-full': 1,
  'sign-in-for-more': 20,
  'cooling-down': 10,
  'being-paid': 20,
  'cart-full': 10,
  'unknown-variant': 10,
  'still-available': 20,
  'too-many-places': 1,
  'stock-changed': 20,
  'below-held': 20,
  'over-capacity': 2,
}

test(
  'whatever buyers and sellers do in whatever order, the engine answers and counts as a piece-by-piece model does',
  { timeout: 600_000 },
  async () => {
    const seen = new Map<string, number>()
    const note = (event: string) => seen.set(event, (seen.get(event) ?? 0) + 1)
    let ran = 0
    await fc.assert(
      fc.asyncProperty(fc.noBias(fc.array(step, { maxLength: LONGEST, size: 'max' })), async (steps) => {
        const shop = openShop({ settings, carts, variants, note })
        await market.reset()
        for (const each of steps) {
          const command = each.do === 'claim' ? claim(claimOf(shop, each.cart, each.variant), each) : each
          if (!command) continue
          const said = runOnShop(shop, command)
          for (const word of said.split(' ')) note(word)
          const where = `after ${JSON.stringify(command)}`
          expect(await market.run(command), where).toBe(said)
          ran += command.do === 'burst' ? command.wishes.length : 1
          await expectSame(viewShop(shop), where)
        }
        await reclaimDue()
        expect(await listImbalances()).toEqual([])
      }),
      // Lengths spread evenly, so half of the longest is the mean; the rest of the way is for chance.
      {
        numRuns: Math.ceil(COMMANDS / (0.375 * LONGEST)),
        endOnFailure: process.env.MODEL_SHRINK === 'off',
      },
    )
    expect(ran).toBeGreaterThanOrEqual(COMMANDS)
    const missing = Object.entries(wanted).filter(
      ([event, times]) => (seen.get(event) ?? 0) < Math.min(times, (times * COMMANDS) / 6_000),
    )
    if (process.env.MODEL_COUNTS) process.stdout.write(`${ran} ${JSON.stringify(Object.fromEntries(seen))}\n`)
    expect(missing.map(([event, times]) => `${event}: ${seen.get(event) ?? 0} times, not ${times}`)).toEqual([])
  },
)

function claim(all: number | null, at: { cart: number; variant: number }): Command | null {
  return all === null ? null : { ...at, do: 'set', quantity: all }
}

async function expectSame(shop: View, where: string): Promise<void> {
  const { ends, ...counts } = await market.view()
  const { ends: wantedEnds, ...wantedCounts } = shop
  expect(counts, where).toEqual(wantedCounts)
  // As exact as a run is short: a step is seven times as long.
  const off = ends
    .map((end, index) => [end, wantedEnds[index] ?? null] as const)
    .filter(([end, other]) => !isNear(end, other))
  expect(off, `times ${where}`).toEqual([])
}

function isNear(left: number | null, right: number | null): boolean {
  return left === null || right === null ? left === right : Math.abs(left - right) < 20
}

/** The engine behind the model's commands. Its rows are made once; each run begins with the same counts and nothing else. */
async function openMarket() {
  const seller = await makeSeller()
  const productIds = [newId(), newId()]
  const variantIds = variants.map(() => newId())
  const cartIds: string[] = []
  const buyerIds: (string | null)[] = []
  for (const { anonymous } of carts) {
    const buyerId = anonymous ? null : (await makeMember()).userId
    buyerIds.push(buyerId)
    cartIds.push(await makeCart(buyerId))
  }
  await transact(async (tx) => {
    for (const id of productIds)
      await tx.run(sql`
        insert into product (id, seller_id, slug, title, category_slug, status, published_at)
        values (${id}, ${seller.sellerId}, ${id}, 'A thing', 'other', 'published', now())`)
    for (const [index, variantId] of variantIds.entries()) {
      const productId = productIds[variants[index]?.product ?? 0] ?? ''
      await tx.run(sql`
        insert into variant (id, product_id, position, price_cents)
        values (${variantId}, ${productId}, ${index}, 1000)`)
      await createStock(tx, { variantId, productId, sellerId: seller.sellerId, quantity: 0, actorId: seller.userId })
    }
  })
  const orders: string[][] = carts.map(() => [])
  const versions = new Map<string, { version: number; facts: string }>()
  const idOf = (ids: readonly (string | null)[], index: number) => ids[index] ?? newId()

  async function reset(): Promise<void> {
    for (const list of orders) list.length = 0
    await transact(async (tx) => {
      await tx.run(sql`delete from hold`)
      await tx.run(sql`delete from waitlist_entry`)
      await tx.run(sql`delete from queued_deposit`)
      await tx.run(sql`delete from stock_movement`)
      for (const [index, { cap, quantity }] of variants.entries()) {
        const variantId = idOf(variantIds, index)
        await tx.run(sql`
          update stock
          set on_hand = ${quantity}, available = ${quantity}, anonymous = 0, waiting = 0, entries = 0, on_sale = true,
              opens_at = null, cap = ${cap}, version = version + 1
          where variant_id = ${variantId}`)
        await tx.run(sql`
          insert into stock_movement (id, variant_id, delta, reason)
          values (${newId()}, ${variantId}, ${quantity}, 'deposit')`)
      }
    })
  }

  async function wish(each: Wish): Promise<string> {
    const at = { cartId: idOf(cartIds, each.cart), variantId: idOf(variantIds, each.variant) }
    if (each.do === 'leave') return codeOf(await leave(at))
    const { quantity } = each
    if (each.do === 'join') return codeOf(await join({ ...at, buyerId: idOf(buyerIds, each.cart), quantity }))
    return codeOf(await hold({ ...at, ...carts[each.cart], quantity }))
  }

  /** An order without lines or a payment: what the engine's steps need of it. */
  async function checkout(cart: number): Promise<string> {
    const [orderId, cartId] = [newId(), idOf(cartIds, cart)]
    orders[cart]?.push(orderId)
    await db.run(sql`
      insert into "order" (id, number, buyer_id, cart_id, attempt, currency, total_cents, address, deadline_at)
      select ${orderId}, ${orderId}::text, ${buyerIds[cart]}, ${cartId}, coalesce(max(attempt), 0) + 1, 'EUR', 0, '{}', now()
      from "order"
      where cart_id = ${cartId}`)
    const lines = await transact((tx) => beginCheckouts(tx, [{ cartId, orderId }], settings.deadline * 1000))
    return `ok ${sum(lines)}`
  }

  async function adjust({ variant, change, ifOver }: Command & { do: 'adjust' }): Promise<string> {
    const variantId = idOf(variantIds, variant)
    const [row] = await db.run(sql<{ version: number }>`select version from stock where variant_id = ${variantId}`)
    const version = row?.version ?? 0
    const edit = 'delta' in change ? change : { onHand: change.onHand, version: change.isOld ? version - 1 : version }
    const who = { sellerId: seller.sellerId, actorId: seller.userId, note: '' }
    const result = await adjustStock({ ...who, variantId, ifOver, change: edit })
    return result.ok ? `ok ${result.value.published} ${result.value.queued}` : result.refusal.code
  }

  async function sale({ product, opensIn, ...about }: Command & { do: 'sale' }): Promise<string> {
    const opensAt = opensIn === null ? null : new Date(Date.now() + opensIn * 1000)
    const productId = idOf(productIds, product)
    const who = { sellerId: seller.sellerId, actorId: seller.userId }
    const result = await transaction((tx) => setSale(tx, { ...who, ...about, productId, opensAt }))
    return result.ok ? `ok ${result.value.published} ${result.value.queued}` : result.refusal.code
  }

  async function run(command: Command): Promise<string> {
    switch (command.do) {
      case 'set':
      case 'join':
      case 'leave':
        return wish(command)
      case 'burst':
        return (await Promise.all(command.wishes.map(wish))).join(' ')
      case 'age':
        return age(command.seconds)
      case 'sweep':
        await reclaimDue()
        return 'ok'
      case 'forget':
        await forgetLines()
        return 'ok'
      case 'publish':
        await publishQueued()
        return 'ok'
      case 'checkout':
        return checkout(command.cart)
      case 'cancel': {
        const orderId = orders[command.cart]?.at(-1)
        if (orderId) await transact((tx) => endCheckout(tx, { orderId }))
        return 'ok'
      }
      case 'finish': {
        const orderIds = command.carts.flatMap((each) => orders[each] ?? [])
        return `ok ${sum(await transact((tx) => takeForOrders(tx, orderIds)))}`
      }
      case 'merge': {
        const anonymousCartId = idOf(cartIds, VISITOR)
        return (await mergeCarts({ anonymousCartId, buyerId: idOf(buyerIds, command.cart) })) ? 'ok' : 'left'
      }
      case 'adjust':
        return adjust(command)
      case 'sale':
        return sale(command)
    }
  }

  async function view(): Promise<View> {
    const [stock, lines, places] = await Promise.all([db.run(readCounts()), db.run(readLines()), db.run(readPlaces())])
    for (const { variantId, version, ...counts } of stock) {
      const facts = JSON.stringify([counts.onHand, counts.available, counts.waiting, counts.onSale])
      const before = versions.get(variantId)
      // Browsers apply only what has a higher version.
      if (before && before.facts !== facts) expect(version, 'version').toBeGreaterThan(before.version)
      versions.set(variantId, { version, facts })
    }
    const numbered = <Row extends { cartId: string; variantId: string }>({ cartId, variantId, ...rest }: Row) => ({
      cart: cartIds.indexOf(cartId),
      variant: variantIds.indexOf(variantId),
      ...rest,
    })
    const ours = lines.map(numbered).sort((a, b) => a.cart - b.cart || a.variant - b.variant)
    const theirs = places.map(numbered)
    return {
      stock: stock.map(({ variantId: _id, version: _version, ...counts }) => counts),
      lines: ours.map(({ end: _end, ...line }) => line),
      places: theirs.map(({ end: _end, ...place }) => place),
      ends: [...ours, ...theirs].map(({ end }) => end),
    }
  }

  return { reset, run, view }
}

function codeOf(answer: { ok: true } | { ok: false; refusal: { code: string } }): string {
  return answer.ok ? 'ok' : answer.refusal.code
}

function sum(lines: readonly { quantity: number }[]): number {
  return lines.reduce((total, line) => total + line.quantity, 0)
}

/** Moves all that has a time so far into the past: the same as waiting, without waiting. */
async function age(seconds: number): Promise<string> {
  await db.run(sql`
    with line as (
      update hold
      set expires_at = expires_at - ${seconds} * interval '1 second',
          first_held_at = first_held_at - ${seconds} * interval '1 second',
          added_at = added_at - ${seconds} * interval '1 second'
    ), place as (
      update waitlist_entry
      set offered_until = offered_until - ${seconds} * interval '1 second',
          joined_at = joined_at - ${seconds} * interval '1 second'
    )
    update stock
    set opens_at = opens_at - ${seconds} * interval '1 second'`)
  return 'ok'
}

const readCounts = () => sql<View['stock'][number] & { variantId: string; version: number }>`
  select variant_id as "variantId", version, on_hand as "onHand", available, waiting, entries, anonymous, on_sale as "onSale", cap,
         (select coalesce(sum(quantity), 0)::int from queued_deposit where variant_id = stock.variant_id) as queued
  from stock
  order by variant_id`

interface Row {
  readonly cartId: string
  readonly variantId: string
  /** Seconds from now. */
  readonly end: number | null
}

const readLines = () => sql<Row & { state: string; quantity: number; bought: number }>`
  select cart_id as "cartId", variant_id as "variantId", case when kind = 'checkout' then 'paying' else state::text end as state,
         case when state = 'released' then 0 else quantity end as quantity, bought,
         extract(epoch from expires_at - clock_timestamp())::float8 as "end"
  from hold`

const readPlaces = () => sql<Row & { wanted: number; offered: number }>`
  select cart_id as "cartId", variant_id as "variantId", wanted, offered,
         extract(epoch from offered_until - clock_timestamp())::float8 as "end"
  from waitlist_entry
  order by variant_id, position`
