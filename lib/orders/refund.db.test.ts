import { afterEach, describe, expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { newSecret } from '#lib/ids'
import { hold } from '#lib/inventory/commands/hold'
import { getBalance } from '#lib/ledger/queries'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { makeMember } from '../../scripts/test-market.ts'
import { expectCleanBooks, makePaidPart, type TestPart } from '../../scripts/test-orders.ts'
import { finishRefund } from './commands/finish-refund.ts'
import { prepareRefund } from './commands/prepare-refund.ts'
import { receive } from './commands/receive.ts'
import { cancel, refund, resumeRefunds } from './commands/refund.ts'
import { settleDue } from './commands/settle.ts'
import { ship } from './commands/ship.ts'
import { sandbox } from './payments/sandbox.ts'
import type { SellerOrderStateView } from './schema/progress.ts'

await useTestDatabase()

afterEach(expectCleanBooks)

const NO_SHIPMENT = { carrier: '', trackingNumber: '' }

function ask(part: TestPart, over: { quantity?: number; line?: number; isReturned?: boolean; key?: string } = {}) {
  const line = part.lines[over.line ?? 0]
  return {
    sellerOrderId: part.id,
    actor: part.seller,
    lines: over.quantity === undefined || !line ? null : [{ lineId: line.id, quantity: over.quantity }],
    isReturned: over.isReturned ?? false,
    reason: '',
    key: { userId: part.seller.userId, route: 'refund', key: over.key ?? newSecret() },
  }
}

const callOff = (part: TestPart, actor: TestPart['seller'] | TestPart['buyer'] = part.seller) =>
  cancel({
    sellerOrderId: part.id,
    actor,
    reason: '',
    key: { userId: actor.userId, route: 'cancel', key: newSecret() },
  })

function stateOf(answer: Awaited<ReturnType<typeof refund>>): SellerOrderStateView {
  if (!answer.ok) throw new Error(answer.refusal.code)
  expect(answer.value.status).toBe(200)
  return JSON.parse(answer.value.body) as SellerOrderStateView
}

async function prepare(part: TestPart, over: Parameters<typeof ask>[1] = {}) {
  const prepared = await prepareRefund({ ...ask(part, over), action: 'refund' })
  if (!prepared.ok || !('refund' in prepared.value)) throw new Error('no refund')
  return prepared.value.refund
}

async function deliver(part: TestPart) {
  expect((await ship(part.id, part.seller, NO_SHIPMENT)).ok).toBe(true)
  expect((await receive(part.id, part.buyer)).ok).toBe(true)
}

/** Delivered and settled: its window is over at once. */
async function settled(part: TestPart) {
  await deliver(part)
  expect(await settleDue(100, 0)).toBe(1)
}

async function onHand({ lines }: TestPart): Promise<number[]> {
  const rows = await db.run(sql<{ onHand: number }>`
    select on_hand as "onHand"
    from unnest(${lines.map((line) => line.variantId)}::uuid[]) with ordinality as wanted (id, place)
    join stock on stock.variant_id = wanted.id
    order by place`)
  return rows.map((row) => row.onHand)
}

async function atProvider({ id }: TestPart) {
  const [row] = await db.run(sql<{ refunds: number; cents: bigint }>`
    select count(*)::int as refunds, coalesce(sum(amount_cents), 0)::bigint as cents
    from sandbox_refund
    where key in (select 'refund:' || id from refund where seller_order_id = ${id})`)
  return row
}

const wakeReaper = () => db.run(sql`update refund set resume_at = now() - interval '1 second' where status = 'pending'`)

describe('cancelling', () => {
  test.each(['seller', 'buyer'] as const)(
    'by the %s before shipping pays all back and fills the shelf',
    async (who) => {
      const part = await makePaidPart({ quantities: [3, 2] })
      const state = stateOf(await callOff(part, part[who]))
      expect(state).toMatchObject({
        status: 'cancelled',
        refundedCents: '4995',
        refunds: [{ status: 'paid', by: who }],
      })
      expect(state.events.map((event) => event.what)).toEqual(['cancelled', 'refunded'])
      expect(await onHand(part)).toEqual([3, 2])
      expect(await atProvider(part)).toEqual({ refunds: 1, cents: 4995n })
      expect(await callOff(part)).toMatchObject({ ok: false, refusal: { code: 'wrong-state' } })
    },
  )

  test('lets the buyer have the pieces again under the seller’s cap', async () => {
    const part = await makePaidPart({ quantities: [2], cap: 2 })
    const again = () => hold({ cartId: part.cartId, variantId: part.lines[0]?.variantId ?? '', quantity: 2 })
    expect(await again()).toMatchObject({ ok: false })
    stateOf(await callOff(part))
    expect(await again()).toMatchObject({ ok: true })
  })

  test('and shipping at once: one is done, the other refused', async () => {
    const parts = await Promise.all(Array.from({ length: 8 }, () => makePaidPart()))
    for (const part of parts) {
      const [cancelled, shipped] = await Promise.all([
        callOff(part, part.buyer),
        ship(part.id, part.seller, NO_SHIPMENT),
      ])
      expect([cancelled.ok, shipped.ok].filter(Boolean)).toHaveLength(1)
      expect(await onHand(part)).toEqual([cancelled.ok ? 3 : 0])
    }
  })

  test('twice at once, by both sides, pays back once', async () => {
    const part = await makePaidPart()
    const answers = await Promise.all([
      callOff(part),
      callOff(part, part.buyer),
      callOff(part),
      callOff(part, part.buyer),
    ])
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    expect(await onHand(part)).toEqual([3])
    expect(await atProvider(part)).toEqual({ refunds: 1, cents: 2997n })
  })

  test('after a part was refunded pays back the rest and returns what did not come back yet', async () => {
    const part = await makePaidPart({ quantities: [5] })
    stateOf(await refund(ask(part, { quantity: 1 })))
    stateOf(await refund(ask(part, { quantity: 1, isReturned: true })))
    expect(await onHand(part)).toEqual([1])
    expect(stateOf(await callOff(part))).toMatchObject({ status: 'cancelled', refundedCents: '4995' })
    expect(await onHand(part)).toEqual([4])
    expect(await atProvider(part)).toEqual({ refunds: 3, cents: 4995n })
  })

  test('and refunds of parts at once: every piece is back on the shelf once, and every cent with the buyer', async () => {
    for (let round = 0; round < 6; round++) {
      const part = await makePaidPart({ quantities: [4] })
      const one = () => refund(ask(part, { quantity: 1, isReturned: true }))
      const answers = await Promise.all([one(), callOff(part, part.buyer), one(), callOff(part), one()])
      expect(answers.some((answer) => answer.ok)).toBe(true)
      const rest = await refund(ask(part, { isReturned: true }))
      expect(rest.ok || rest.refusal.code === 'nothing-left').toBe(true)
      expect(await onHand(part)).toEqual([4])
      expect(await atProvider(part)).toMatchObject({ cents: 3996n })
    }
  })

  test('is not for others: their orders are not there', async () => {
    const part = await makePaidPart()
    const other = await makePaidPart()
    const code = async (actor: TestPart['seller'] | TestPart['buyer']) => {
      const answer = await callOff(part, actor)
      return answer.ok ? null : answer.refusal.code
    }
    expect(await code(other.seller)).toBe('not-found')
    expect(await code(other.buyer)).toBe('not-found')
    expect(await code({ ...part.buyer, number: other.number })).toBe('not-found')
    expect(await code({ ...part.buyer, userId: (await makeMember()).userId })).toBe('not-found')
  })
})

describe('a refund', () => {
  test('by line and quantity before settlement: what is left is settled, to the cent', async () => {
    const part = await makePaidPart({ quantities: [3, 4], priceCents: 333n })
    await deliver(part)
    stateOf(await refund(ask(part, { line: 1, quantity: 3 })))
    expect(await onHand(part)).toEqual([0, 0])
    expect(await settleDue(100, 0)).toBe(1)
    // 5 % of 1332 is 67 (half a cent up), of which 3/4 went back: 17 are left, and 50 of the other line’s 999.
    expect(await getBalance(part.seller.sellerId)).toBe(999n - 50n + 333n - 17n)
  })

  test('after the settlement comes from the seller and the market, each what it got', async () => {
    const part = await makePaidPart()
    await settled(part)
    const earned = await getBalance(part.seller.sellerId)
    expect(earned).toBe(2997n - 150n)
    expect(stateOf(await refund(ask(part, { quantity: 1 })))).toMatchObject({ status: 'settled', refundedCents: '999' })
    expect(await getBalance(part.seller.sellerId)).toBe(earned - 949n)
    expect(stateOf(await refund(ask(part)))).toMatchObject({ status: 'refunded', refundedCents: '2997' })
    expect(await getBalance(part.seller.sellerId)).toBe(0n)
  })

  test('after the money was paid out leaves the seller owing it', async () => {
    const part = await makePaidPart()
    await settled(part)
    const { post } = await import('#lib/ledger/commands')
    const { move } = await import('#lib/ledger/rules')
    const { transact } = await import('#lib/db')
    const { newId } = await import('#lib/ids')
    const seller = { kind: 'seller', ownerId: part.seller.sellerId } as const
    const postings = move(seller, { kind: 'cash' }, 2847n, null)
    const payout = { id: newId(), kind: 'payout', subjectId: newId(), currency: 'EUR', postings } as const
    await transact((tx) => Promise.resolve(post(tx, [payout])))
    stateOf(await refund(ask(part)))
    expect(await getBalance(part.seller.sellerId)).toBe(-2847n)
  })

  test('of one line from two nodes and more at once is never above what was paid', async () => {
    const part = await makePaidPart({ quantities: [5] })
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => refund(ask(part, { quantity: 1 + (index % 2), isReturned: true }))),
    )
    const given = answers.flatMap((answer, index) => (answer.ok ? [1 + (index % 2)] : []))
    const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal.code]))
    expect(
      refused.every((code) => ['more-than-left', 'nothing-left', 'wrong-state', 'in-progress'].includes(code)),
    ).toBe(true)
    const pieces = given.reduce((sum, quantity) => sum + quantity, 0)
    expect(pieces).toBeGreaterThanOrEqual(4)
    expect(pieces).toBeLessThanOrEqual(5)
    expect(await onHand(part)).toEqual([pieces])
    expect(await atProvider(part)).toEqual({ refunds: given.length, cents: 999n * BigInt(pieces) })
  })

  test('while it is settled: every cent goes to one side, whoever is first', async () => {
    for (let round = 0; round < 8; round++) {
      const part = await makePaidPart()
      await deliver(part)
      const [refunded] = await Promise.all([refund(ask(part, { quantity: 1 })), settleDue(100, 0), settleDue(100, 0)])
      stateOf(refunded)
      await settleDue(100, 0)
      expect(await getBalance(part.seller.sellerId)).toBe(1898n)
    }
  })

  test('refused by the provider is undone, and told the same each time; the next one is paid', async () => {
    const part = await makePaidPart()
    await settled(part)
    await db.run(sql`update sandbox_charge set refunded_cents = amount_cents`)
    const request = ask(part, { isReturned: true })
    const refused = await refund(request)
    expect(refused).toMatchObject({ ok: true, value: { status: 422 } })
    expect(refused.ok && JSON.parse(refused.value.body)).toMatchObject({ code: 'refund-refused' })
    expect(await refund(request)).toEqual(refused)
    expect(await getBalance(part.seller.sellerId)).toBe(2847n)
    await db.run(sql`update sandbox_charge set refunded_cents = 0`)
    // The pieces came back the first time, and do so once.
    expect(stateOf(await refund(ask(part, { isReturned: true })))).toMatchObject({ status: 'refunded' })
    expect(await onHand(part)).toEqual([3])
  })

  test('of a cancelled order that failed can be tried again', async () => {
    const part = await makePaidPart()
    await db.run(sql`update sandbox_charge set refunded_cents = amount_cents`)
    expect(await callOff(part)).toMatchObject({ ok: true, value: { status: 422 } })
    await db.run(sql`update sandbox_charge set refunded_cents = 0`)
    const market = { by: 'market', userId: part.seller.userId } as const
    expect(stateOf(await refund({ ...ask(part), actor: market }))).toMatchObject({ status: 'cancelled' })
    expect(await onHand(part)).toEqual([3])
    expect(await atProvider(part)).toEqual({ refunds: 1, cents: 2997n })
  })

  test('on its way holds the settlement back', async () => {
    const part = await makePaidPart()
    await deliver(part)
    const open = await prepare(part, { quantity: 1 })
    expect(await settleDue(100, 0)).toBe(0)
    await finishRefund(open.id, { status: 'refused', code: 'refund-failed' })
    expect(await settleDue(100, 0)).toBe(1)
    expect(await getBalance(part.seller.sellerId)).toBe(2847n)
  })

  test('of nothing, of more than there is, or of another order’s line is refused and leaves the key free', async () => {
    const part = await makePaidPart()
    const key = newSecret()
    const code = async (over: Parameters<typeof ask>[1], of = part) => {
      const answer = await refund({ ...ask(of, { ...over, key }), sellerOrderId: part.id, actor: part.seller })
      return answer.ok ? null : answer.refusal.code
    }
    expect(await code({ quantity: 4 })).toBe('more-than-left')
    expect(await code({ quantity: 1 }, await makePaidPart())).toBe('unknown-line')
    expect(await code({})).toBe(null)
  })

  test('of an order that cost nothing needs no provider', async () => {
    const part = await makePaidPart({ priceCents: 0n })
    expect(stateOf(await callOff(part))).toMatchObject({
      status: 'cancelled',
      refunds: [{ status: 'paid', totalCents: '0' }],
    })
    expect(await atProvider(part)).toEqual({ refunds: 0, cents: 0n })
  })
})

describe('repeats and deaths', () => {
  test('20 repeats at once with one key: one refund, byte-identical answers; another body is refused', async () => {
    const part = await makePaidPart()
    const request = ask(part, { quantity: 1 })
    const repeat = async (): Promise<string> => {
      for (;;) {
        const answer = await refund(request)
        if (answer.ok) return answer.value.body
        expect(answer.refusal.code).toBe('in-progress')
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }
    expect(new Set(await Promise.all(Array.from({ length: 20 }, repeat))).size).toBe(1)
    expect(await atProvider(part)).toEqual({ refunds: 1, cents: 999n })
    const other = ask(part, { quantity: 2, key: request.key.key })
    expect(await refund(other)).toMatchObject({ ok: false, refusal: { code: 'key-reused' } })
  })

  test('a node that died before the provider heard: another one pays, and the repeat gets the answer', async () => {
    const part = await makePaidPart()
    const request = ask(part, { quantity: 2 })
    await prepareRefund({ ...request, action: 'refund' })
    expect(await refund(request)).toMatchObject({ ok: false, refusal: { code: 'in-progress' } })
    expect(await resumeRefunds()).toBe(0)
    await wakeReaper()
    const resumed = await Promise.all([resumeRefunds(), resumeRefunds(), resumeRefunds()])
    expect(resumed.reduce((sum, count) => sum + count, 0)).toBe(1)
    expect(stateOf(await refund(request))).toMatchObject({ refundedCents: '1998', refunds: [{ status: 'paid' }] })
    expect(await atProvider(part)).toEqual({ refunds: 1, cents: 1998n })
  })

  test('a node that died after the provider paid: the same refund is found again, not made again', async () => {
    const part = await makePaidPart()
    const open = await prepare(part, { quantity: 2, isReturned: true })
    const chargeRef = open.chargeRef ?? ''
    await sandbox.refund({ key: `refund:${open.id}`, chargeRef, amountCents: open.totalCents, currency: 'EUR' })
    await wakeReaper()
    expect(await resumeRefunds()).toBe(1)
    await Promise.all([1, 2, 3].map(() => finishRefund(open.id, { status: 'refunded', ref: 'late' })))
    expect(await atProvider(part)).toEqual({ refunds: 1, cents: 1998n })
    expect(await onHand(part)).toEqual([2])
  })

  test('a provider that is out of reach: nobody says yes or no until it answers', async () => {
    const part = await makePaidPart()
    await db.run(sql`update payment set provider = 'gone'`)
    const request = ask(part)
    expect(await refund(request)).toMatchObject({ ok: false, refusal: { code: 'in-progress' } })
    await wakeReaper()
    expect(await resumeRefunds()).toBe(0)
    await db.run(sql`update payment set provider = 'sandbox'`)
    expect(await resumeRefunds()).toBe(0)
    await wakeReaper()
    expect(await resumeRefunds()).toBe(1)
    expect(stateOf(await refund(request))).toMatchObject({ status: 'refunded', refunds: [{ status: 'paid' }] })
  })

  test('a provider that takes its time: the request is answered, the refund ends later', async () => {
    const part = await makePaidPart()
    const open = await prepare(part)
    const answer = await finishRefund(open.id, { status: 'pending', ref: 'slow' })
    expect(JSON.parse(answer.body)).toMatchObject({ status: 'refunded', refunds: [{ status: 'pending' }] })
    expect(await finishRefund(open.id, { status: 'refunded', ref: 'slow' })).toEqual(answer)
    const rows = await db.run(sql`select status from refund where id = ${open.id}`)
    expect(rows).toEqual([{ status: 'paid' }])
  })

  test('the database itself refuses to refund more than was paid', async () => {
    const part = await makePaidPart()
    const more = db.run(sql`update order_line set refunded_quantity = 4 where seller_order_id = ${part.id}`)
    await expect(more).rejects.toMatchObject({ constraint: 'order_line_refunded_check' })
    const uneven = db.run(sql`update order_line set refunded_quantity = 3 where seller_order_id = ${part.id}`)
    await expect(uneven).rejects.toMatchObject({ constraint: 'order_line_refunded_check' })
  })
})
