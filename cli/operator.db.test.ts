import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test, vi } from 'vitest'
import { openSession, verifySession } from '#lib/auth/commands/sessions'
import { useTestDatabase } from '../scripts/test-database.ts'
import { makeMember } from '../scripts/test-market.ts'

const { url } = await useTestDatabase()

async function operator(...args: string[]) {
  const env = { ...process.env, DATABASE_URL: url }
  const command = spawn(process.execPath, ['cli/souk.ts', 'operator', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  command.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  command.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = (await once(command, 'close')) as [number]
  return { code, said }
}

test('a member becomes an operator and is none again, and a session that is open hears of both', async () => {
  const { userId, handle } = await makeMember()
  const sid = await openSession({ userId, userAgent: 'test' })
  expect(await verifySession(sid)).toMatchObject({ role: 'member' })
  const hears = (role: string) =>
    vi.waitFor(async () => expect(await verifySession(sid)).toMatchObject({ role }), { timeout: 20_000 })

  expect(await operator()).toMatchObject({ code: 0, said: expect.stringContaining('has no operator yet') as string })
  expect(await operator(handle.toUpperCase())).toMatchObject({ code: 0 })
  await hears('admin')
  expect(await operator()).toEqual({ code: 0, said: `${handle}  ${handle}\n` })

  expect(await operator(handle, '--revoke')).toMatchObject({ code: 0 })
  await hears('member')
  expect((await operator()).said).toContain('has no operator yet')
})

test('a handle that nobody has, two handles, or --revoke of nobody are refused with exit code 2', async () => {
  expect(await operator('nobody')).toMatchObject({
    code: 2,
    said: expect.stringContaining('no member nobody') as string,
  })
  expect((await operator('one', 'two')).code).toBe(2)
  expect((await operator('--revoke')).code).toBe(2)
})
