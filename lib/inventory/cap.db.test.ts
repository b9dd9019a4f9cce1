import { expect, test } from 'vitest'
import { sql, transact } from '#lib/db'
import { newId } from '#lib/ids'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { listImbalances, makeCart, makeVariant } from '../../scripts/test-market.ts'
import { untilBlocked } from '../../scripts/test-race.ts'
import { changeStock } from './commands/change-stock.ts'
import { hold } from './commands/hold.ts'
import { createStock, setSale } from './commands/stock.ts'

await useTestDatabase()

test('a cap that a seller sets while a batch waits for the row fails nobody in it', async () => {
  const { variantId, productId, sellerId, userId } = await makeVariant({ quantity: 5 })
  const sibling = newId()
  const [cartId, other] = [await makeCart(), await makeCart()]
  const sale = { sellerId, actorId: userId, productId, onSale: true, opensAt: null }
  await transact(async (tx) => {
    await tx.run(
      sql`insert into variant (id, product_id, position, price_cents) values (${sibling}, ${productId}, 1, 1)`,
    )
    await createStock(tx, { variantId: sibling, productId, sellerId, quantity: 1, actorId: userId })
    await setSale(tx, { ...sale, cap: null })
  })
  expect(await hold({ cartId: other, variantId: sibling, quantity: 1, ttlMs: 0 })).toMatchObject({ ok: true })
  const asked = { type: 'set', holdId: newId(), cartId, variantId, quantity: 1, anonymous: true, source: null } as const
  const { waiting } = await transact(async (tx) => {
    await setSale(tx, { ...sale, cap: 2 })
    const waiting = transact((batch) => changeStock(batch, [{ ...asked, ttlMs: 60_000 }]))
    await untilBlocked()
    return { waiting }
  })
  expect(await waiting).toMatchObject([{ ok: true }])
  expect(await listImbalances()).toEqual([])
})
