import { expect, test } from 'vitest'
import { db, sql, transact } from '#lib/db'
import { newSecret } from '#lib/ids'
import { hold } from '#lib/inventory/commands/hold'
import { makeCart, makeMember, makeSeller, makeVariant } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { captureOrders } from './commands/finish-order.ts'
import { prepareOrder } from './commands/prepare-order.ts'
import { auditMoney } from './queries.ts'
import { listUnevenEscrow, listUnevenOrders, listUnevenSales } from './sql/audit.ts'

await useTestDatabase()
process.env.SOUK_SECRET ??= newSecret()

const address = { name: 'Ada', line1: 'Lane 1', line2: '', postalCode: '10115', city: 'Berlin', country: 'DE' }
const card = { number: '4242424242424242', name: 'Ada', expiry: '01/40', cvc: '123' }

/** An order of two sellers, 19.99 and twice 0.05, prepared and, if asked, paid. */
async function makeOrder({ isPaid = true } = {}) {
  const { userId: buyerId } = await makeMember()
  const cartId = await makeCart(buyerId)
  const sellers = await Promise.all([makeSeller(), makeSeller()])
  const [dear, cheap] = await Promise.all([
    makeVariant({ quantity: 5, priceCents: 1_999n, ...(sellers[0] && { seller: sellers[0] }) }),
    makeVariant({ quantity: 5, priceCents: 5n, ...(sellers[1] && { seller: sellers[1] }) }),
  ])
  await hold({ cartId, variantId: dear.variantId, quantity: 1 })
  await hold({ cartId, variantId: cheap.variantId, quantity: 2 })
  const input = { address, card, expectedTotalCents: '2009' }
  const prepared = await prepareOrder({ buyerId, sellerId: null, key: newSecret(), input })
  if (!prepared.ok || !('draft' in prepared.value)) throw new Error('no draft')
  const { orderId } = prepared.value.draft
  if (isPaid) {
    await db.run(sql`
      insert into sandbox_charge (key, ref, amount_cents, currency, outcome)
      values (${`order:${orderId}`}, ${orderId}, 2009, 'EUR', 'captured')`)
    await captureOrders([{ orderId, ref: orderId }])
  }
  return { orderId, dear, cheap }
}

const postingsOf = (orderId: string) =>
  db.run(sql<{ kind: string; cents: bigint; sellerId: string | null }>`
    select account.kind, amount_cents as cents, seller_order.seller_id as "sellerId"
    from journal_entry as entry
    join posting on posting.entry_id = entry.id
    join account on account.id = posting.account_id
    left join seller_order on seller_order.id = posting.source_id
    where entry.subject_id = ${orderId} and entry.kind = 'sale'
    order by amount_cents`)

test('a paid order is in escrow, seller by seller, and a draft is not', async () => {
  const { orderId, dear, cheap } = await makeOrder()
  expect(await postingsOf(orderId)).toEqual([
    { kind: 'cash', cents: -2_009n, sellerId: null },
    { kind: 'escrow', cents: 10n, sellerId: cheap.sellerId },
    { kind: 'escrow', cents: 1_999n, sellerId: dear.sellerId },
  ])
  await captureOrders([{ orderId, ref: orderId }])
  expect(await postingsOf(orderId)).toHaveLength(3)
  const draft = await makeOrder({ isPaid: false })
  expect(await postingsOf(draft.orderId)).toEqual([])
  expect((await auditMoney()).breaches).toEqual([])
})

test('commission is what the first rule says at the moment of the sale, whatever the rule says later', async () => {
  const feesOf = (orderId: string) =>
    db.run(sql<{ fee: bigint; line: bigint }>`
      select part.commission_cents as fee, line.commission_cents as line
      from seller_order as part
      join order_line as line on line.seller_order_id = part.id
      where part.order_id = ${orderId}
      order by part.total_cents desc`)
  const { orderId } = await makeOrder()
  // 5 %: 99.95 cents and half a cent, half a cent rounded up.
  const frozen = [
    { fee: 100n, line: 100n },
    { fee: 1n, line: 1n },
  ]
  expect(await feesOf(orderId)).toEqual(frozen)
  await db.run(
    sql`insert into commission_rule (position, category_slug, fee_bps, fixed_cents) values (0, 'other', 1000, 3)`,
  )
  const { orderId: later } = await makeOrder()
  await db.run(sql`delete from commission_rule where position = 0`)
  expect(await feesOf(later)).toEqual([
    { fee: 203n, line: 203n },
    { fee: 4n, line: 4n },
  ])
  expect(await feesOf(orderId)).toEqual(frozen)
})

test('a rule goes with nothing that it points at', async () => {
  const { sellerId } = await makeSeller()
  await db.run(sql`insert into commission_rule (position, seller_id, fee_bps) values (7, ${sellerId}, 1)`)
  await expect(db.run(sql`delete from seller where id = ${sellerId}`)).rejects.toMatchObject({
    constraint: 'commission_rule_seller_id_fkey',
  })
  await db.run(sql`delete from commission_rule where position = 7`)
})

test('each sum that is broken is found by the audit, by name', async () => {
  const { orderId } = await makeOrder()
  const draft = await makeOrder({ isPaid: false })
  const faults = [
    ['payment', sql`update payment set amount_cents = amount_cents - 1 where order_id = ${orderId}`],
    ['parts', sql`update "order" set total_cents = total_cents + 1 where id = ${orderId}`],
    ['sale', sql`update "order" set total_cents = total_cents + 1 where id = ${orderId}`],
    ['lines', sql`update seller_order set total_cents = total_cents + 1 where order_id = ${orderId}`],
    ['commission', sql`update order_line set commission_cents = 0 where order_id = ${orderId}`],
    [
      'escrow',
      sql`
        update order_line
        set refunded_quantity = quantity, refunded_cents = total_cents, refunded_commission_cents = commission_cents
        where order_id = ${orderId}`,
    ],
    [
      'refunding',
      sql`
        insert into refund (id, seller_order_id, total_cents, is_settled, by, resume_at)
        select uuidv7(), id, 1, false, 'seller', now()
        from seller_order
        where order_id = ${orderId}`,
    ],
    ['unpaid-sale', sql`update "order" set status = 'released', paid_at = null where id = ${orderId}`],
    ['sale', sql`update "order" set status = 'paid', paid_at = now() where id = ${draft.orderId}`],
  ] as const
  for (const [what, fault] of faults) {
    const undo = new Error('undo')
    let found: string[] = []
    await transact(async (tx) => {
      await tx.run(fault)
      const statements = [listUnevenOrders(), listUnevenSales(), listUnevenEscrow()]
      const rows = await Promise.all(statements.map((statement) => tx.run(statement)))
      found = rows.flat().map((row) => row.what)
      throw undo
    }).catch((error: unknown) => {
      if (error !== undo) throw error
    })
    expect(found).toContain(what)
  }
  expect((await auditMoney()).breaches).toEqual([])
})
