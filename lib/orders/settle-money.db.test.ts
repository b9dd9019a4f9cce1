import { afterEach, expect, test } from 'vitest'
import { db, sql, violatedConstraint } from '#lib/db'
import { env } from '#lib/env'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { makePaidPart } from '../../scripts/test-orders.ts'
import { startNode } from '../../server.ts'
import { settleMoney } from './commands/settle-money.ts'

await useTestDatabase()

const settings = env() as { STRIPE_SECRET_KEY?: string }
const setKey = (key: string | undefined) => Object.assign(settings, { STRIPE_SECRET_KEY: key })
afterEach(() => setKey(undefined))

/** What a node with this key hears at its start. */
async function startWith(key: string | undefined) {
  setKey(key)
  const answer = await settleMoney()
  return answer.ok ? 'ok' : answer.refusal.code
}

test('nodes that are started at once hear the same', async () => {
  for (const key of ['sk_live_x', 'sk_test_x', 'sk_live_x', undefined]) {
    const answers = await Promise.all(Array.from({ length: 8 }, () => startWith(key)))
    expect(new Set(answers)).toEqual(new Set(['ok']))
  }
})

test('a node that takes other money than the books are of sells nothing', async () => {
  expect(await startWith('sk_live_x')).toBe('ok')
  setKey(undefined)
  const refusedBy = await makePaidPart().then(() => null, violatedConstraint)
  expect(refusedBy).toBe('seller_order_order_id_fkey')
  expect(await db.run(sql`select from payment`)).toEqual([])
  expect(await startWith(undefined)).toBe('ok')
})

test('until the first payment a market may take either money; then its books are of that one', async () => {
  for (const key of [undefined, 'sk_live_x', 'rk_live_x', 'sk_test_x', undefined])
    expect(await startWith(key)).toBe('ok')
  await makePaidPart()
  for (const key of [undefined, 'sk_test_x', 'rk_test_x']) expect(await startWith(key)).toBe('ok')
  for (const key of ['sk_live_x', 'rk_live_x']) expect(await startWith(key)).toBe('real-in-play')
  await expect(startNode({ dev: false, hasPages: false })).rejects.toThrow('the books of this database hold play money')
  expect(await startWith(undefined)).toBe('ok')
  await db.run(sql`update market set is_real = true`)
  for (const key of ['sk_live_x', 'rk_live_x']) expect(await startWith(key)).toBe('ok')
  for (const key of [undefined, 'sk_test_x']) expect(await startWith(key)).toBe('play-in-real')
  expect(await db.run(sql`select is_real as "isReal" from market`)).toEqual([{ isReal: true }])
})
