import { expect, test } from 'vitest'
import { openSession, verifySession } from '#lib/auth/commands/sessions'
import { db, sql } from '#lib/db'
import { newId } from '#lib/ids'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { makeMember, makeVariant } from '../../scripts/test-market.ts'
import { becomeSeller, editShop } from './commands.ts'
import { findSellerId, getOwnSeller, getSeller } from './queries.ts'

await useTestDatabase()

async function makePicture(ownerId: string): Promise<string> {
  const id = newId()
  await db.run(sql`insert into picture (id, owner_id, width, height) values (${id}, ${ownerId}, 800, 600)`)
  return id
}

async function openShop(): Promise<{ userId: string; sellerId: string; handle: string }> {
  const { userId, handle } = await makeMember()
  const made = await becomeSeller({ userId, name: 'Lamps', handle })
  if (!made.ok) throw new Error(made.refusal.code)
  return { userId, handle, sellerId: made.value.sellerId }
}

test('a member opens a shop and is a seller from the next request on', async () => {
  const { userId, handle } = await makeMember()
  const sid = await openSession({ userId, userAgent: 'test' })
  expect(await verifySession(sid)).toMatchObject({ sellerId: null })
  const pictureId = await makePicture(userId)
  const made = await becomeSeller({ userId, name: 'Lamps', handle: handle.toUpperCase(), about: 'Warm.', pictureId })
  if (!made.ok) throw new Error(made.refusal.code)
  const { sellerId } = made.value
  expect(await verifySession(sid)).toMatchObject({ sellerId })
  expect(await findSellerId(userId)).toBe(sellerId)
  expect(await getSeller(handle)).toMatchObject({ id: sellerId, handle, name: 'Lamps', about: 'Warm.', pictureId })
})

test('a shop counts its published products', async () => {
  const shop = await openShop()
  await makeVariant({ quantity: 1, seller: shop })
  const hidden = await makeVariant({ quantity: 1, seller: shop })
  await db.run(sql`update product set status = 'draft' where id = ${hidden.productId}`)
  expect(await getOwnSeller(shop.userId)).toMatchObject({ productCount: 1 })
})

test('a member has one shop, also when asking ten times at once', async () => {
  const { userId, handle } = await makeMember()
  const tries = Array.from({ length: 10 }, (_, n) => becomeSeller({ userId, name: 'Lamps', handle: `${handle}-${n}` }))
  const results = await Promise.all(tries)
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  expect(results.filter((result) => !result.ok && result.refusal.code === 'already-seller')).toHaveLength(9)
})

test("a shop's handle is one shop's, in any case, and never the market's own", async () => {
  const { handle } = await openShop()
  const { userId } = await makeMember()
  const taken = await becomeSeller({ userId, name: 'Lamps', handle: handle.toUpperCase() })
  const reserved = await becomeSeller({ userId, name: 'Lamps', handle: 'Admin' })
  expect(taken).toMatchObject({ ok: false, refusal: { code: 'shop-handle-taken' } })
  expect(reserved).toMatchObject({ ok: false, refusal: { code: 'shop-handle-reserved' } })
})

test("nobody shows another member's picture", async () => {
  const [ada, eve] = await Promise.all([makeMember(), makeMember()])
  const pictureId = await makePicture(ada.userId)
  const opened = await becomeSeller({ userId: eve.userId, name: 'Lamps', handle: eve.handle, pictureId })
  expect(opened).toMatchObject({ ok: false, refusal: { code: 'not-your-picture' } })
  const { sellerId, handle } = await openShop()
  for (const foreign of [pictureId, newId()]) {
    const edited = await editShop({ sellerId, name: 'Stolen', pictureId: foreign })
    expect(edited).toMatchObject({ ok: false, refusal: { code: 'not-your-picture' } })
  }
  expect(await getSeller(handle)).toMatchObject({ name: 'Lamps', pictureId: null })
})

test('an edit changes what it names and leaves the rest', async () => {
  const { userId, sellerId } = await openShop()
  const pictureId = await makePicture(userId)
  await editShop({ sellerId, about: 'Warm.', pictureId })
  expect(await getOwnSeller(userId)).toMatchObject({ name: 'Lamps', about: 'Warm.', pictureId })
  await editShop({ sellerId, name: 'Lanterns' })
  expect(await getOwnSeller(userId)).toMatchObject({ name: 'Lanterns', about: 'Warm.', pictureId })
  await editShop({ sellerId, about: '', pictureId: null })
  expect(await getOwnSeller(userId)).toMatchObject({ name: 'Lanterns', about: '', pictureId: null })
})
