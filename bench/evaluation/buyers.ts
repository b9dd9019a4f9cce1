import type { Caller } from './caller.ts'
import type { Person } from './people.ts'
import { WORDS, type Counter } from './sellers.ts'
import { openSession, signUp } from './session.ts'

const ADDRESS = { name: 'Ada', line1: 'Lane 1', postalCode: '10115', city: 'Berlin', country: 'DE' }
const CARD = { number: '4242424242424242', name: 'Ada', expiry: '01/40', cvc: '123' }
/** Each second round ends with a purchase. */
const PURCHASES = 2

interface Bought {
  readonly number: string
  readonly id: string
  readonly handle: string
  readonly lineIds: readonly string[]
}

/** Shops until the run is over: the assignment's functions of a buyer in turn. */
export async function buy(
  caller: Caller,
  person: Person,
  place: number,
  { run, counterOf }: { run: string; counterOf: (sellerHandle: string) => Counter | undefined },
): Promise<void> {
  const session = openSession(caller, person, place, signUp('buyer'))
  const { api } = caller
  const expected: Bought[] = []
  for (let round = place; !caller.isDone(); round++) {
    const word = WORDS[(place * 7 + round) % WORDS.length] ?? ''
    const query = { q: word, category: 'other', inStock: 'true' as const }
    const found = await caller.call('buyer: search', () => api.search.$get({ query }))
    const items = found?.items ?? []
    const [first, second] = [items[place % items.length], items[(place + 1) % items.length]]
    const [variantId, other] = [first?.stock[0]?.variantId, second?.stock[0]?.variantId]
    if (!first || !variantId || !other) {
      await session.spend(1)
      continue
    }
    const put = (id: string, quantity: number) =>
      api.cart.lines[':variantId'].$put({ param: { variantId: id }, json: { quantity } })
    await caller.call('buyer: add to cart', () => put(variantId, 1))
    if (other !== variantId) {
      await caller.call('buyer: add to cart', () => put(other, 2))
      const param = { variantId: other }
      await caller.call('buyer: remove from cart', () => api.cart.lines[':variantId'].$delete({ param }))
    }
    const cart = await caller.call('buyer: show cart', () => api.cart.$get())
    await caller.call("buyer: a seller's rating", () =>
      api.sellers[':handle'].rating.$get({ param: { handle: first.sellerHandle } }),
    )
    let calls = 6
    const key = `${run}-${person.handle}-${round}`
    const wants = cart && cart.lines.length > 0 && round % PURCHASES === 0
    const order = wants ? await purchase(caller, cart.heldTotalCents, key) : null
    for (const part of order ?? []) {
      counterOf(part.handle)?.toShip.push(part.id)
      expected.push(part)
    }
    if (!wants) await caller.call('buyer: clear cart', () => api.cart.$delete())
    calls += wants ? 2 : 1
    calls += await giveFeedback(caller, expected, counterOf(first.sellerHandle))
    await session.spend(calls)
  }
}

/** Pays for the cart and looks at the history: two calls. Resolves to what the shops have to send. */
async function purchase({ call, api }: Caller, expectedTotalCents: string, key: string): Promise<Bought[]> {
  const json = { address: ADDRESS, card: CARD, expectedTotalCents }
  const order = await call('buyer: purchase', () => api.orders.$post({ header: { 'idempotency-key': key }, json }))
  await call('buyer: purchase history', () => api.orders.$get({ query: {} }))
  if (!order || !('sellerOrders' in order)) return []
  return order.sellerOrders.map(({ id, seller, lines }) => ({
    ...{ number: order.number, id, handle: seller.handle },
    lineIds: lines.map((line) => line.id),
  }))
}

/** Says of what was sent that it has arrived, and how it was. Returns how many calls that took. */
async function giveFeedback({ call, api }: Caller, expected: Bought[], counter: Counter | undefined): Promise<number> {
  const at = expected.findIndex(({ id }) => counter?.shipped.has(id))
  const [arrived] = at < 0 ? [] : expected.splice(at, 1)
  if (!arrived) return 0
  const { number, id, lineIds } = arrived
  const param = { number, id }
  await call('buyer: confirm receipt', () => api.orders[':number']['seller-orders'][':id'].receive.$post({ param }))
  const [lineId = ''] = lineIds
  const json = { item: 'up' as const, seller: 'up' as const, text: 'As described.' }
  await call('buyer: give feedback', () =>
    api.orders[':number'].lines[':lineId'].review.$put({ param: { number, lineId }, json }),
  )
  return 2
}
