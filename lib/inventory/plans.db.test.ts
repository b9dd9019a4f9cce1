import { expect, test } from 'vitest'
import { db, hotPool, sql, type Statement } from '#lib/db'
import { newId } from '#lib/ids'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { makeVariant } from '../../scripts/test-market.ts'
import { makeAnonymousCarts } from '../../scripts/test-race.ts'
import { hold } from './commands/hold.ts'
import { readShelf } from './sql/hold.ts'

await useTestDatabase()

interface Plan {
  readonly 'Index Name'?: string
  readonly 'Index Cond'?: string
  readonly Plans?: readonly Plan[]
}

/** Every index that a statement's kept plan looks into, with what it looks for there. */
async function indexesOf(statement: Statement<unknown>): Promise<ReadonlyMap<string, string>> {
  const { rows } = await hotPool().query<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(
    `explain (generic_plan, format json) ${statement.text}`,
  )
  const found = new Map<string, string>()
  const left = rows.flatMap((row) => row['QUERY PLAN'].map((plan) => plan.Plan))
  for (let plan = left.pop(); plan; plan = left.pop()) {
    if (plan['Index Name']) found.set(plan['Index Name'], plan['Index Cond'] ?? '')
    left.push(...(plan.Plans ?? []))
  }
  return found
}

/** Each is looked into for what was asked, and none is read from one end to the other. */
async function expectLookups() {
  const indexes = await indexesOf(readShelf([newId()], [newId()], [], []))
  expect(indexes.get('hold_variant_due_idx') ?? indexes.get('hold_due_idx')).toContain('expires_at <=')
  expect(indexes.get('hold_source_idx')).toContain('source =')
  expect(indexes.get('hold_cart_id_variant_id_key')).toContain('variant_id =')
  expect(indexes.get('hold_pkey')).toContain('id =')
  expect([...indexes.values()]).not.toContain('')
}

test('a plan that was made when few or many were held looks each line up, and reads neither all holds nor all of a product', async () => {
  await expectLookups()
  const { variantId } = await makeVariant({ quantity: 1_000 })
  for (const count of [10, 90, 400]) {
    const carts = await makeAnonymousCarts(count)
    const held = carts.map((cartId) => hold({ cartId, variantId, quantity: 1, source: cartId }))
    expect((await Promise.all(held)).every((answer) => answer.ok)).toBe(true)
    await expectLookups()
    await db.run(sql`analyze hold`)
    await expectLookups()
  }
})
