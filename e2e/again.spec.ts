import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { call, createClient } from '#lib/api/client'
import { startEmbedded } from '#lib/embedded/membership'
import { isAlive } from '#lib/embedded/pid'
import { shops } from '../prisma/seed/market.ts'
import { purchases } from '../prisma/seed/purchases.ts'
import { startTestNode, type TestNode } from '../scripts/test-node.ts'
import { expect, expectWithin, test as base, unique } from './fixtures.ts'

const run = promisify(execFile)
/** Nodes of this file; each test leaves none. */
const started: number[] = []

interface DemoMarket {
  readonly dataDir: string
  /** The ids of the products that were there when the first start was killed. */
  readonly madeBefore: readonly string[]
}

/** To fill a market takes its time: one is made, by a start that is killed and one that goes on; each test has a copy. */
const test = base.extend<{ dataDir: string }, { market: DemoMarket }>({
  market: [
    async ({}, use) => {
      const dataDir = await makeDataDir()
      const madeBefore = await startAndDieFilling(dataDir)
      await (await startOn(dataDir)).interrupt()
      await use({ dataDir, madeBefore })
      await removeDataDir(dataDir)
    },
    { scope: 'worker', timeout: 240_000 },
  ],

  dataDir: async ({ market }, use) => {
    const dataDir = await makeDataDir()
    // Unlike Node's own it keeps the owner: root's database belongs to another user.
    await run('cp', ['-a', `${market.dataDir}/.`, dataDir])
    await use(dataDir)
    await removeDataDir(dataDir)
  },
})

// In one worker, so that the market is made once.
test.describe.configure({ mode: 'default' })

test('a start that is killed while it fills the market is finished by the next', async ({ market, dataDir }) => {
  const products = await selectIds(dataDir, `select id from product where status = 'published'`)
  expect(products).toEqual(expect.arrayContaining([...market.madeBefore]))
  expect(products.length).toBeGreaterThan(market.madeBefore.length)
  expect(products).toHaveLength(shops.flatMap((shop) => shop.products).length)
  expect(await selectIds(dataDir, `select id from "order" where status = 'paid'`)).toHaveLength(purchases.length)
  await expectBalanced(dataDir)
})

test('Ctrl-C ends npm start with all it began; the next start has the account and the order', async ({ dataDir }) => {
  const first = await startWithNpm(dataDir)
  const server = await postmasterOf(dataDir)
  const buyer = await signUp(first.url)
  const number = await orderOne(first.url, buyer)
  await expectWithin(5_000, first.pressCtrlC)
  expect(isAlive(server)).toBe(false)
  await expectFree(Number(new URL(first.url).port))

  const second = await startOn(dataDir)
  const found = await call(createClient(second.url, buyer).orders[':number'].$get({ param: { number } }))
  expect(found).toMatchObject({ ok: true, value: { number } })
  await second.interrupt()
})

test('a second node joins and goes on when the first is stopped, a third when the second is killed', async ({
  dataDir,
}) => {
  const first = await startOn(dataDir)
  const carts = [await holdOne(first.url)]
  const second = await startOn(dataDir)
  await expectHeld(second.url, carts)
  await expectWithin(5_000, first.interrupt)
  carts.push(await holdOne(second.url))

  const third = await startOn(dataDir)
  await second.kill()
  carts.push(await holdOne(third.url))
  await expectHeld(third.url, carts)

  const server = await postmasterOf(dataDir)
  await expectWithin(5_000, third.interrupt)
  // Who leaves last stops the database, and those that were killed do not count.
  expect(isAlive(server)).toBe(false)
})

test('what was answered before node and database were killed at once is there after the next start', async ({
  dataDir,
}) => {
  const first = await startOn(dataDir)
  const server = await postmasterOf(dataDir)
  const variantIds = await listFree(first.url)
  const carts: string[] = []
  const visitors = Array.from({ length: 8 }, async (_, visitor) => {
    // Over and over, until nobody answers any more.
    for (let turn = visitor; isAlive(first.pid); turn += 8) {
      const cart = await tryHold(first.url, variantIds[turn % variantIds.length] ?? '').catch(() => null)
      if (cart) carts.push(cart)
    }
  })
  await expect.poll(() => carts.length).toBeGreaterThan(100)
  const dying = first.kill()
  process.kill(server, 'SIGKILL')
  await dying
  await Promise.all(visitors)

  const second = await startOn(dataDir)
  await expectHeld(second.url, carts)
  await expectBalanced(dataDir)
  await second.interrupt()
})

/** Readable to others, so that root's database, which runs as another user, can live in it. */
async function makeDataDir(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'souk-again-'))
  await chmod(dataDir, 0o755)
  return dataDir
}

/** What may still run where a test failed: the nodes, by process or group, and their server. */
async function removeDataDir(dataDir: string): Promise<void> {
  for (const pid of started.splice(0)) if (isThere(pid)) process.kill(pid, 'SIGKILL')
  const server = await postmasterOf(dataDir).catch(() => 0)
  if (server > 0 && isAlive(server)) process.kill(server, 'SIGKILL')
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}

function settingsFor(dataDir: string): Record<string, string> {
  return { DATA_DIR: dataDir, DATABASE_URL: '', LOG_LEVEL: 'warn', RATE_LIMIT_FACTOR: '1000' }
}

async function startOn(dataDir: string): Promise<TestNode> {
  const node = await startTestNode(settingsFor(dataDir))
  started.push(node.pid)
  return node
}

/** A first start that dies with its database when some of the market is there. Returns the ids of the products it made. */
async function startAndDieFilling(dataDir: string): Promise<string[]> {
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production', PORT: '0', ...settingsFor(dataDir) }
  const start = spawn(process.execPath, ['scripts/start.js'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const gone = once(start, 'exit')
  const published = `select id from product where status = 'published'`
  const count = () =>
    selectIds(dataDir, published).then(
      (ids) => ids.length,
      () => 0,
    )
  await expect.poll(count, { timeout: 120_000 }).toBeGreaterThan(4)
  const server = await postmasterOf(dataDir)
  const made = await selectIds(dataDir, published)
  start.kill('SIGKILL')
  process.kill(server, 'SIGKILL')
  await gone
  return made
}

/** As a person does in a terminal: npm, its shell and the node are one group, and all of it hears Ctrl-C. */
async function startWithNpm(dataDir: string) {
  const env: NodeJS.ProcessEnv = { ...process.env, PORT: '0', PUBLIC_URL: '', ...settingsFor(dataDir) }
  const npm = spawn('npm', ['start'], { env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] })
  const group = -(npm.pid ?? 0)
  started.push(group)
  let said = ''
  npm.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const findUrl = () => /Souk is open at (\S+)/.exec(said)?.[1] ?? ''
  await expect.poll(findUrl, { timeout: 60_000 }).not.toBe('')
  return {
    url: findUrl(),
    /** Resolves when the last of the group is gone. */
    pressCtrlC: async () => {
      process.kill(group, 'SIGINT')
      await expect.poll(() => isThere(group), { intervals: [50] }).toBe(false)
    },
  }
}

/** Whether there is such a process; below zero, any of the group. */
function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function expectFree(port: number): Promise<void> {
  const probe = createServer().listen(port, '127.0.0.1')
  await once(probe, 'listening')
  probe.close()
}

async function postmasterOf(dataDir: string): Promise<number> {
  const elsewhere = await readFile(join(dataDir, 'postgres.place'), 'utf8').catch(() => null)
  const cluster = elsewhere?.trim() ?? join(dataDir, 'postgres')
  return Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[0])
}

/** This process is a member for as long as it asks. */
async function selectIds(dataDir: string, statement: string): Promise<string[]> {
  const { url, leave } = await startEmbedded({ dataDir })
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    return (await client.query<{ id: string }>(statement)).rows.map(({ id }) => id)
  } finally {
    await client.end()
    await leave()
  }
}

/** In a process of its own: this one's pools belong to the server that the other tests look into. */
async function expectBalanced(dataDir: string): Promise<void> {
  const env = { ...process.env, ...settingsFor(dataDir) }
  const { stdout } = await run(process.execPath, ['cli/souk.ts', 'audit', '--json'], { env })
  expect(JSON.parse(stdout)).toMatchObject({ breaches: [] })
}

/** Makes an account. Returns the header that speaks for it, on any node. */
async function signUp(url: string): Promise<{ authorization: string }> {
  const handle = unique('again')
  const password = unique('saffron-lantern')
  const api = createClient(url, { origin: url })
  const account = { name: 'Again', handle, email: `${handle}@example.org`, password }
  const made = await call(api.accounts.$post({ json: account }))
  expect(made).toMatchObject({ ok: true })
  const given = await call(api.tokens.$post({ json: { login: handle, password, name: 'again' } }))
  if (!given.ok) throw new Error(given.message)
  return { authorization: `Bearer ${given.value.token}` }
}

/** Buys one piece. Returns the number of the order. */
async function orderOne(url: string, buyer: { authorization: string }): Promise<string> {
  const api = createClient(url, buyer)
  const [variantId = ''] = await listFree(url)
  await call(api.cart.lines[':variantId'].$put({ param: { variantId }, json: { quantity: 1 } }))
  const quote = await call(api.orders.quote.$get({ query: { country: 'DE' } }))
  if (!quote.ok) throw new Error(quote.message)
  const address = { name: 'Again', line1: 'Street 1', postalCode: '20144', city: 'Hamburg', country: 'DE' }
  const card = { number: '4242424242424242', name: 'Again', expiry: '12/39', cvc: '123' }
  const placed = await call(
    api.orders.$post({
      header: { 'idempotency-key': randomUUID() },
      json: { address, card, expectedTotalCents: quote.value.totalCents },
    }),
  )
  if (!placed.ok) throw new Error(placed.message)
  return placed.value.number
}

/** Versions with pieces to spare. */
async function listFree(url: string): Promise<string[]> {
  const listed = await call(createClient(url).products.$get({ query: { limit: '48' } }))
  if (!listed.ok) throw new Error(listed.message)
  const states = listed.value.items.flatMap((item) => item.stock)
  return states.filter(({ available }) => available > 4).map(({ variantId }) => variantId)
}

/** A new visitor holds a piece. Returns the visitor's cookie. */
async function holdOne(url: string): Promise<string> {
  const [variantId = ''] = await listFree(url)
  const cart = await tryHold(url, variantId)
  if (!cart) throw new Error('The hold was refused.')
  return cart
}

/** Null where the hold was refused. */
async function tryHold(url: string, variantId: string): Promise<string | null> {
  const response = await fetch(`${url}/api/v1/cart/lines/${variantId}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', origin: url },
    body: '{"quantity":1}',
  })
  await response.text()
  return response.ok ? (response.headers.getSetCookie()[0]?.split(';')[0] ?? null) : null
}

/** Each of the visitors has the piece that was answered. */
async function expectHeld(url: string, carts: readonly string[]): Promise<void> {
  const held = await Promise.all(
    carts.map(async (cookie) => {
      const cart = await call(createClient(url, { cookie }).cart.$get())
      return cart.ok ? cart.value.lines.map((line) => `${line.state} ${line.quantity}`).join() : cart.code
    }),
  )
  expect(held).toEqual(carts.map(() => 'held 1'))
}
