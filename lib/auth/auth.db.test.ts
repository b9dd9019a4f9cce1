import { expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { newSecret } from '#lib/ids'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { watchPace } from '../../scripts/test-pace.ts'
import { createAccount, type NewAccount } from './commands/accounts.ts'
import { openSession, revokeOtherSessions, revokeSession, verifySession } from './commands/sessions.ts'
import { proveIdentity, signIn } from './commands/sign-in.ts'
import { createToken, revokeToken, verifyToken, type TokenWish } from './commands/tokens.ts'
import { forgetMembers } from './member-cache.ts'
import { listDevices, listTokens } from './queries.ts'

await useTestDatabase()

const PASSWORD = 'a lamp by the sea'

function someone(change: Partial<NewAccount> = {}): NewAccount {
  const handle = `m-${newSecret().toLowerCase().slice(0, 16)}`
  return { name: 'Ada Lovelace', handle, email: `${handle}@example.org`, password: PASSWORD, ...change }
}

async function signUp(): Promise<NewAccount & { userId: string }> {
  const account = someone()
  const made = await createAccount(account)
  if (!made.ok) throw new Error(made.refusal.code)
  return { ...account, userId: made.value.userId }
}

async function makeToken(wish: TokenWish) {
  const made = await createToken(wish)
  if (!made.ok) throw new Error(made.refusal.code)
  return made.value
}

/** Each test signs in from an address of its own, so that no test uses up another's tries. */
const from = (address: string) => ({ address, userAgent: 'test' })

test('an account keeps the argon2id hash of its password and not the password', async () => {
  const { userId } = await signUp()
  const [row] = await db.run(sql<{ row: string }>`select app_user::text as row from app_user where id = ${userId}`)
  expect(row?.row).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
  expect(row?.row).not.toContain(PASSWORD)
})

test('a handle in another case is the same handle, an e-mail address too', async () => {
  const { handle, email } = await signUp()
  const sameHandle = await createAccount(someone({ handle: handle.toUpperCase() }))
  const sameEmail = await createAccount(someone({ email: email.toUpperCase() }))
  expect(sameHandle).toMatchObject({ ok: false, refusal: { code: 'handle-taken' } })
  expect(sameEmail).toMatchObject({ ok: false, refusal: { code: 'email-taken' } })
})

test('ten sign-ups at once with one handle make one account', async () => {
  const { handle } = someone()
  const results = await Promise.all(Array.from({ length: 10 }, () => createAccount({ ...someone(), handle })))
  expect(results.filter((result) => result.ok)).toHaveLength(1)
  expect(results.filter((result) => !result.ok && result.refusal.code === 'handle-taken')).toHaveLength(9)
})

test('reserved handles and common or personal passwords make no account', async () => {
  const codes = await Promise.all([
    createAccount(someone({ handle: 'Admin' })),
    createAccount(someone({ password: 'Password123' })),
    createAccount(someone({ handle: 'lamp' })),
  ])
  expect(codes.map((result) => (result.ok ? 'made' : result.refusal.code))).toEqual([
    'handle-reserved',
    'common-password',
    'personal-password',
  ])
})

test('one signs in by handle and by e-mail address, in any case', async () => {
  const { userId, handle, email } = await signUp()
  for (const login of [handle, email, handle.toUpperCase(), email.toUpperCase()]) {
    const result = await signIn({ login, password: PASSWORD, ...from('10.0.0.1') })
    expect(result).toMatchObject({ ok: true, value: { userId } })
  }
})

test('a wrong password and an unknown login get the same answer', async () => {
  const { handle } = await signUp()
  const wrong = await proveIdentity({ login: handle, password: 'not this one', ...from('10.0.0.2') })
  const unknown = await proveIdentity({ login: 'nobody-here', password: 'not this one', ...from('10.0.0.2') })
  expect(wrong).toEqual({ ok: false, refusal: { code: 'wrong-credentials', detail: {} } })
  expect(unknown).toEqual(wrong)
})

test('of many wrong passwords ten are looked at, also when they come at once; another address still signs in', async () => {
  const { handle } = await signUp()
  const guess = () => proveIdentity({ login: handle, password: 'not this one', address: '10.0.0.3' })
  const results = await Promise.all(Array.from({ length: 50 }, guess))
  const codes = results.map((result) => (result.ok ? 'ok' : result.refusal.code))
  expect(codes.filter((code) => code === 'wrong-credentials')).toHaveLength(10)
  expect(codes.filter((code) => code === 'too-many-requests')).toHaveLength(40)
  expect(await proveIdentity({ login: handle, password: PASSWORD, address: '10.0.0.4' })).toMatchObject({ ok: true })
})

test('an account that is guessed at from everywhere still lets its owner in', async () => {
  const { handle } = await signUp()
  const addresses = Array.from({ length: 15 }, (_, index) => `10.1.0.${index}`)
  for (const address of addresses) {
    const guess = () => proveIdentity({ login: handle, password: 'not this one', address })
    await Promise.all(Array.from({ length: 9 }, guess))
  }
  expect(await proveIdentity({ login: handle, password: PASSWORD, address: '10.1.1.1' })).toMatchObject({ ok: true })
})

test('more hashes than can wait are refused as busy and cost no try', async () => {
  const { handle } = await signUp()
  const attempts = Array.from({ length: 120 }, (_, index) => ({
    login: handle,
    password: PASSWORD,
    address: `10.2.0.${index}`,
  }))
  const results = await Promise.all(attempts.map(proveIdentity))
  const codes = new Set(results.map((result) => (result.ok ? 'ok' : result.refusal.code)))
  expect(codes).toEqual(new Set(['ok', 'busy']))
})

test('a revoked session is refused at once', async () => {
  const { userId } = await signUp()
  const sid = await openSession({ userId, userAgent: 'test' })
  expect(await verifySession(sid)).toMatchObject({ userId, sid })
  expect(await revokeSession({ userId, sid })).toMatchObject({ ok: true })
  expect(await verifySession(sid)).toBeNull()
  expect(await revokeSession({ userId, sid })).toMatchObject({ ok: false, refusal: { code: 'not-found' } })
})

test('a session that another node revoked is refused within a second', async () => {
  const { userId } = await signUp()
  const sid = await openSession({ userId, userAgent: 'test' })
  expect(await verifySession(sid)).not.toBeNull()
  // What another node does: the row changes, and this node's cache is not told.
  await db.run(sql`update session set revoked_at = clock_timestamp() where sid = ${sid}`)
  const pace = watchPace()
  const revokedAt = performance.now()
  await expect.poll(() => verifySession(sid), { interval: 20 }).toBeNull()
  expect(performance.now() - revokedAt).toBeLessThan(1_100 * pace())
})

test("nobody ends another member's session or token", async () => {
  const [ada, eve] = await Promise.all([signUp(), signUp()])
  const sid = await openSession({ userId: ada.userId, userAgent: 'test' })
  const { id, token } = await makeToken({ userId: ada.userId, name: 'till' })
  expect(await revokeSession({ userId: eve.userId, sid })).toMatchObject({ ok: false })
  expect(await revokeToken({ userId: eve.userId, id })).toMatchObject({ ok: false })
  expect(await verifySession(sid)).not.toBeNull()
  expect(await verifyToken(token)).not.toBeNull()
})

test('a session ends when it was idle for too long, and when its time is over', async () => {
  const { userId } = await signUp()
  const [idle, over, live] = await Promise.all([1, 2, 3].map(() => openSession({ userId, userAgent: 'test' })))
  await db.run(sql`update session set last_seen_at = clock_timestamp() - interval '8 days' where sid = ${idle}`)
  await db.run(sql`update session set expires_at = clock_timestamp() - interval '1 millisecond' where sid = ${over}`)
  expect(await verifySession(idle ?? '')).toBeNull()
  expect(await verifySession(over ?? '')).toBeNull()
  expect((await listDevices({ userId, sid: live ?? '' })).map((device) => [device.sid, device.isCurrent])).toEqual([
    [live, true],
  ])
})

test('the use of a session is noted once a minute and not at each request', async () => {
  const { userId } = await signUp()
  const sid = await openSession({ userId, userAgent: 'test' })
  const seen = async () => {
    const [row] = await db.run(sql<{ at: Date }>`select last_seen_at as at from session where sid = ${sid}`)
    return row?.at.getTime() ?? 0
  }
  const opened = await seen()
  await verifySession(sid)
  expect(await seen()).toBe(opened)
  await db.run(sql`update session set last_seen_at = last_seen_at - interval '2 minutes' where sid = ${sid}`)
  forgetMembers()
  await verifySession(sid)
  expect(await seen()).toBeGreaterThanOrEqual(opened)
})

test('signing out everywhere else keeps this session and no other', async () => {
  const { userId } = await signUp()
  const [here, there] = await Promise.all([1, 2].map(() => openSession({ userId, userAgent: 'test' })))
  expect(await revokeOtherSessions({ userId, keepSid: here ?? null })).toBe(1)
  expect(await verifySession(here ?? '')).not.toBeNull()
  expect(await verifySession(there ?? '')).toBeNull()
})

test('a token works until it is revoked or over, and its secret is stored nowhere', async () => {
  const { userId } = await signUp()
  const [first, second] = await Promise.all([1, 2].map(() => makeToken({ userId, name: 'till' })))
  if (!first || !second) throw new Error('no tokens')
  expect(await verifyToken(first.token)).toMatchObject({ userId, sid: null })
  const rows = await db.run(sql<{ row: string }>`select api_token::text as row from api_token`)
  expect(rows.some(({ row }) => row.includes(first.token) || row.includes(first.token.slice(5)))).toBe(false)
  expect(await listTokens({ userId, tokenId: null })).toHaveLength(2)
  await revokeToken({ userId, id: first.id })
  expect(await verifyToken(first.token)).toBeNull()
  await db.run(
    sql`update api_token set expires_at = clock_timestamp() - interval '1 millisecond' where id = ${second.id}`,
  )
  forgetMembers()
  expect(await verifyToken(second.token)).toBeNull()
  expect(await listTokens({ userId, tokenId: null })).toEqual([])
})

test('what is no session and no token is nobody, without asking the database', async () => {
  for (const junk of ['', 'x', '{"not":""}', "' or 1=1 --", '\u0000']) {
    expect(await verifySession(junk)).toBeNull()
    expect(await verifyToken(junk)).toBeNull()
  }
})
