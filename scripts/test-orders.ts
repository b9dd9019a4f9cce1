import { expect } from 'vitest'
import { db, sql } from '#lib/db'
import { newSecret } from '#lib/ids'
import { hold } from '#lib/inventory/commands/hold'
import { placeOrder } from '#lib/orders/commands/place-order'
import { receive } from '#lib/orders/commands/receive'
import { ship } from '#lib/orders/commands/ship'
import { auditMoney } from '#lib/orders/queries'
import type { OrderView } from '#lib/orders/schema'
import { listImbalances, makeCart, makeMember, makeSeller, makeVariant } from './test-market.ts'

/** Paid orders for database tests, paid the way everybody pays. */

const card = { number: '4242424242424242', name: 'Ada', expiry: '01/40', cvc: '123' }
const address = { name: 'Ada', line1: 'Lane 1', line2: '', postalCode: '10115', city: 'Berlin', country: 'DE' }

/** One seller's part of an order, and who can do something about it. */
export interface TestPart {
  readonly id: string
  readonly number: string
  readonly buyer: { readonly by: 'buyer'; readonly userId: string; readonly number: string }
  readonly seller: { readonly by: 'seller'; readonly sellerId: string; readonly userId: string }
  readonly cartId: string
  readonly lines: readonly { readonly id: string; readonly variantId: string }[]
}

/** A paid order at one shop, a new one unless said: so many pieces of each line, all that there were, at 9.99 each. */
export async function makePaidPart({
  quantities = [3],
  priceCents = 999n,
  cap,
  seller: shop,
}: {
  quantities?: number[]
  priceCents?: bigint
  cap?: number
  seller?: { sellerId: string; userId: string }
} = {}): Promise<TestPart> {
  const { userId } = await makeMember()
  const cartId = await makeCart(userId)
  const seller = shop ?? (await makeSeller())
  for (const quantity of quantities) {
    const options = { quantity, priceCents, seller, ...(cap === undefined ? {} : { cap }) }
    const { variantId } = await makeVariant(options)
    const held = await hold({ cartId, variantId, quantity })
    expect(held.ok).toBe(true)
  }
  const expectedTotalCents = (priceCents * BigInt(quantities.reduce((sum, quantity) => sum + quantity, 0))).toString()
  const input = { address, card, expectedTotalCents }
  const answer = await placeOrder({ buyerId: userId, sellerId: null, key: newSecret(), input, now: new Date() })
  if (!answer.ok || answer.value.status !== 201) throw new Error(`The order was not paid: ${JSON.stringify(answer)}`)
  const view = JSON.parse(answer.value.body) as OrderView
  const [part] = view.sellerOrders
  if (!part) throw new Error('The order has no seller order.')
  const lines = await db.run(sql<{ id: string; variantId: string }>`
    select id, variant_id as "variantId"
    from order_line
    where seller_order_id = ${part.id}
    order by id`)
  const { number } = view
  return {
    id: part.id,
    number,
    cartId,
    lines,
    buyer: { by: 'buyer', userId, number },
    seller: { by: 'seller', ...seller },
  }
}

/** The same, sent by the shop and received by the buyer. */
export async function makeReceivedPart(options: Parameters<typeof makePaidPart>[0] = {}): Promise<TestPart> {
  const part = await makePaidPart(options)
  await deliver(part)
  return part
}

/** The shop sends it, the buyer has it. */
export async function deliver(part: TestPart): Promise<void> {
  expect((await ship(part.id, part.seller, { carrier: '', trackingNumber: '' })).ok).toBe(true)
  expect((await receive(part.id, part.buyer)).ok).toBe(true)
}

/** Fails when a piece or a cent is not where the rows say, or a refund is not the sum of its lines. */
export async function expectCleanBooks(): Promise<void> {
  expect(await listImbalances()).toEqual([])
  expect((await auditMoney()).breaches).toEqual([])
  const uneven = await db.run(sql`
    select refund.id, refund.total_cents, given.cents
    from refund
    cross join lateral (select sum(amount_cents) as cents from refund_line where refund_id = refund.id) as given
    where refund.total_cents <> given.cents`)
  expect(uneven).toEqual([])
}
