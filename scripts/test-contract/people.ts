import { randomUUID } from 'node:crypto'
import { call, createClient, type Answer } from '#lib/api/client'
import { openSession } from '#lib/auth/commands/sessions'
import { createToken } from '#lib/auth/commands/tokens'
import { SCOPES } from '#lib/auth/types'
import { db, sql } from '#lib/db'
import type { Known } from './values.ts'

export interface Person {
  readonly name: 'nobody' | 'member' | 'seller' | 'operator'
  readonly token: string | null
  readonly userId: string | null
}

const PASSWORD = 'a long and quiet evening'
const ADDRESS = { name: 'Ada', line1: 'Lange Gasse 7', postalCode: '10115', city: 'Berlin', country: 'DE' }
const CARD = { number: '4242 4242 4242 4242', name: 'Ada', expiry: '12/30', cvc: '123' }

/** Somebody of every kind, and a market with something of everything that a path can name. */
export async function peopleOf(origin: string): Promise<{ people: Person[]; known: Known }> {
  const [member, seller, operator] = [await join(origin), await join(origin), await join(origin)]
  await db.run(sql`update app_user set role = 'admin' where handle = ${operator.handle}`)
  const known = await furnish(member, seller)
  return {
    people: [
      { name: 'nobody', token: null, userId: null },
      { ...member, name: 'member' },
      { ...seller, name: 'seller' },
      { ...operator, name: 'operator' },
    ],
    known,
  }
}

/** A token that its person can lose without being somebody else from then on. */
export async function spareToken(userId: string): Promise<{ id: string; token: string }> {
  const made = await createToken({ userId, name: 'spare', scopes: SCOPES })
  if (!made.ok) throw new Error(made.refusal.code)
  return made.value
}

interface Joined {
  readonly handle: string
  readonly userId: string
  readonly token: string
  readonly client: ReturnType<typeof createClient>
}

/** Signs somebody up and in, with a token for everything that the account may do. */
async function join(origin: string): Promise<Joined> {
  const handle = `p-${randomUUID().slice(0, 8)}`
  const client = createClient(origin)
  const account = { handle, name: 'Somebody', email: `${handle}@example.org`, password: PASSWORD }
  const { id: userId } = taken(await call(client.accounts.$post({ json: account })))
  const signIn = { login: handle, password: PASSWORD, name: 'contract', scopes: [...SCOPES] }
  const { token } = taken(await call(client.tokens.$post({ json: signIn })))
  return { handle, userId, token, client: createClient(origin, { Authorization: `Bearer ${token}` }) }
}

async function furnish(member: Joined, seller: Joined): Promise<Known> {
  taken(await call(seller.client.seller.$post({ json: { name: 'The Lamp Room', handle: seller.handle } })))
  const json = { title: 'Desk lamp', categorySlug: 'home', variants: [{ priceCents: '2499', quantity: 500 }] }
  const product = taken(await call(seller.client.products.$post({ json })))
  const draft = taken(await call(seller.client.products.$post({ json })))
  taken(await call(seller.client.products[':id'].publish.$post({ param: { id: product.id }, query: {} })))
  const variantId = product.variants[0]?.id ?? ''
  const orders = [await buy(member, variantId), await buy(member, variantId)]
  const parts = orders.flatMap((order) => order.sellerOrders)
  const people = [member, member, seller]
  const sessions = await Promise.all(people.map(({ userId }) => openSession({ userId, userAgent: 'contract' })))
  const tokens = await Promise.all(people.map(({ userId }) => spareToken(userId)))
  return {
    sid: sessions,
    tokenId: tokens.map(({ id }) => id),
    id: [product.id, draft.id, ...parts.map(({ id }) => id)],
    variantId: [variantId, draft.variants[0]?.id],
    productId: [product.id, draft.id],
    lineId: parts.flatMap(({ lines }) => lines.map(({ id }) => id)),
    number: orders.map(({ number }) => number),
    slug: [product.slug],
    handle: [seller.handle],
    seller: [seller.handle],
    categorySlug: ['home', 'books'],
    category: ['home', 'books'],
    country: ['DE', 'AT'],
    provider: ['sandbox', 'stripe'],
  }
}

async function buy({ client }: Joined, variantId: string) {
  taken(await call(client.cart.lines[':variantId'].$put({ param: { variantId }, json: { quantity: 1 } })))
  const { totalCents } = taken(await call(client.orders.quote.$get({ query: { country: 'DE' } })))
  const header = { 'idempotency-key': randomUUID() }
  const json = { address: ADDRESS, card: CARD, expectedTotalCents: totalCents }
  const order = taken(await call(client.orders.$post({ header, json })))
  if (!('sellerOrders' in order)) throw new Error('The order was not paid at once.')
  return order
}

function taken<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(`${answer.status} ${answer.code}: ${answer.message}`)
  return answer.value
}
