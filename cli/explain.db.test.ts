import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { db, sql, transact } from '#lib/db'
import { newId } from '#lib/ids'
import { post } from '#lib/ledger/commands'
import { move } from '#lib/ledger/rules'
import { receive } from '#lib/orders/commands/receive'
import { settleDue } from '#lib/orders/commands/settle'
import { ship } from '#lib/orders/commands/ship'
import { useTestDatabase } from '../scripts/test-database.ts'
import { makePaidPart } from '../scripts/test-orders.ts'

const { url } = await useTestDatabase()

async function explain(...args: string[]) {
  const env = { ...process.env, DATABASE_URL: url }
  const command = spawn(process.execPath, ['cli/souk.ts', 'explain', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  command.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  command.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = (await once(command, 'close')) as [number]
  return { code, said }
}

test('a balance and a payout are traced to their order lines, and what is not explained fails', async () => {
  const part = await makePaidPart({ quantities: [2] })
  const { sellerId, userId } = part.seller
  await ship(part.id, part.seller, { carrier: '', trackingNumber: '' })
  await receive(part.id, part.buyer)
  await settleDue(10, 0)
  const [shop] = await db.run(sql<{ handle: string }>`select handle from seller where user_id = ${userId}`)
  const handle = shop?.handle ?? ''
  const balance = await explain(handle)
  expect(balance.said).toContain(`€18.98  ${part.number}  A thing  (settlement: €19.98 paid, €1.00 commission)`)
  expect(balance.said).toContain('✓ €18.98 is what 1 shares of order lines come to.')
  expect(balance.code).toBe(0)

  const payoutId = newId()
  const postings = move({ kind: 'seller', ownerId: sellerId }, { kind: 'paying_out' }, 1_000n, payoutId)
  const entry = { id: newId(), kind: 'payout', subjectId: payoutId, currency: 'EUR', postings } as const
  await transact((tx) => Promise.resolve(post(tx, [entry])))
  const payout = await explain(payoutId, '--json')
  expect(payout.code).toBe(0)
  expect(JSON.parse(payout.said)).toMatchObject({ amountCents: '1000', sharesCents: '1000', isExplained: true })

  await db.run(sql`update account_balance set balance_cents = 899`)
  const broken = await explain(handle)
  expect(broken).toMatchObject({ code: 1, said: expect.stringContaining('✗ €8.99 is not explained') as string })
  expect(broken.said).toContain('missing    €0.01')
})

test('what is neither shop nor payout, or nothing, says so with exit code 2', async () => {
  const unknown = await explain('nobody')
  expect(unknown).toMatchObject({ code: 2, said: expect.stringContaining('no shop and no payout nobody') as string })
  expect((await explain(newId())).code).toBe(2)
  expect((await explain()).code).toBe(2)
})
