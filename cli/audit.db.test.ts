import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { hold } from '#lib/inventory/commands/hold'
import { join as waitFor } from '#lib/inventory/commands/waitlist'
import { makeCart, makeMember, makeVariant } from '../scripts/test-market.ts'
import { useTestDatabase } from '../scripts/test-database.ts'

const { url } = await useTestDatabase()

async function souk(args: string[], settings: Record<string, string> = { DATABASE_URL: url }) {
  const env = { ...process.env, ...settings }
  const command = spawn(process.execPath, ['cli/souk.ts', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  command.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  command.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = (await once(command, 'close')) as [number]
  return { code, said }
}

test('a market that adds up passes the audit, and each identity that is broken fails it by name', async () => {
  const { variantId } = await makeVariant({ quantity: 3 })
  await hold({ cartId: await makeCart(), variantId, quantity: 3 })
  const { userId: buyerId } = await makeMember()
  await waitFor({ cartId: await makeCart(buyerId), buyerId, variantId, quantity: 1 })
  const sound = await souk(['audit'])
  expect(sound.said).toContain('✓ Stock adds up: 1 versions, 3 pieces, 3 of them held and 0 offered, 1 movements.')
  expect(sound.said).toContain('✓ Money adds up: none has moved yet.')
  expect(sound.said).toContain('✓ Ratings add up: 0 reviews.')
  expect(sound.code).toBe(0)

  const faults = [
    ['in the house', sql`update stock set on_hand = 4`, sql`update stock set on_hand = 3`],
    ['movements 4', sql`update stock_movement set delta = 4`, sql`update stock_movement set delta = 3`],
    ['held 2', sql`update hold set quantity = 2`, sql`update hold set quantity = 3`],
    ['anonymously 0, counted 1', sql`update stock set anonymous = 1`, sql`update stock set anonymous = 0`],
    ['waiting 1, counted 0', sql`update stock set waiting = 0`, sql`update stock set waiting = 1`],
    ['waitlist 1, counted 2', sql`update stock set entries = 2`, sql`update stock set entries = 1`],
    [
      'free 1, although 1 wait',
      sql`with given as (update hold set quantity = 2) update stock set available = 1`,
      sql`with taken as (update hold set quantity = 3) update stock set available = 0`,
    ],
    [
      'offered 1 = 4',
      sql`update waitlist_entry set offered = 1, offered_until = now() + interval '1 hour'`,
      sql`update waitlist_entry set offered = 0, offered_until = null`,
    ],
  ] as const
  for (const [words, fault, cure] of faults) {
    await db.run(fault)
    const broken = await souk(['audit'])
    expect(broken.code).toBe(1)
    expect(broken.said).toContain(variantId)
    expect(broken.said).toContain(words)
    const json = await souk(['audit', '--json'])
    expect(JSON.parse(json.said)).toMatchObject({ variants: 1, breaches: [{ variantId }] })
    await db.run(cure)
  }
  expect((await souk(['audit', '--watch', '--json', '--help'])).said).toContain('--watch')
}, 90_000)

test('what cannot begin says so in a sentence, with exit code 2', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'souk-cli-'))
  const nowhere = await souk(['audit'], { DATABASE_URL: '', DATA_DIR: empty })
  expect(nowhere).toMatchObject({ code: 2, said: expect.stringContaining('There is no market in') as string })
  expect(await souk(['audti'])).toMatchObject({ code: 2, said: expect.stringContaining('no command audti') as string })
  expect(await souk(['audit', '--loud'])).toMatchObject({ code: 2, said: expect.stringContaining('--loud') as string })
  await rm(empty, { recursive: true })
})
