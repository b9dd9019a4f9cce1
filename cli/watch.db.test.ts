import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, expect, test } from 'vitest'
import { call, createClient } from '#lib/api/client'
import { db, sql } from '#lib/db'
import { useTestDatabase } from '../scripts/test-database.ts'
import { makeVariant } from '../scripts/test-market.ts'
import { startBalancer } from '../scripts/test-balancer.ts'
import { startWebNode } from '../scripts/test-web.ts'

const { url: databaseUrl } = await useTestDatabase()
const nodes = await Promise.all([startWebNode(), startWebNode()])
const [first, second] = nodes
/** Where the balancer sends who comes: a test that kills the first puts the second here. */
const way = [first.url]
const balancer = await startBalancer(way)
const running = new Set<number>()
afterAll(async () => {
  for (const pid of running) process.kill(pid, 'SIGKILL')
  await balancer.close()
  await Promise.all(nodes.map((node) => node.kill()))
})

/** Begins `souk watch`; what it says is read as it comes. */
function watch(...args: string[]) {
  const command = spawn(process.execPath, ['cli/souk.ts', 'watch', ...args], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { pid = 0 } = command
  running.add(pid)
  const said = { out: '', error: '' }
  command.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()))
  command.stderr.on('data', (chunk: Buffer) => (said.error += chunk.toString()))
  const ended = once(command, 'close').then(([code]) => {
    running.delete(pid)
    return code as number | null
  })
  return { said, ended, pressCtrlC: () => command.kill('SIGINT') }
}

type Line = Readonly<Record<string, unknown>>

function linesOf({ out }: { out: string }): Line[] {
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line)
}

/** As any program does it, on the node that the balancer chooses. */
async function hold(variantId: string, quantity: number): Promise<void> {
  const response = await fetch(`${balancer.url}/api/v1/cart/lines/${variantId}`, {
    method: 'PUT',
    // A connection of its own: one that is kept may lead to a node that has just died.
    headers: { 'content-type': 'application/json', origin: balancer.url, connection: 'close' },
    body: JSON.stringify({ quantity }),
  })
  expect(response.status, await response.text()).toBe(200)
}

/** A new seller, as a program speaks for one. */
async function openShop() {
  const visitor = createClient(balancer.url, { origin: balancer.url })
  const account = { handle: 'scarves', password: 'saffron-lantern-1', name: 'Scarves', email: 'scarves@example.org' }
  expect(await call(visitor.accounts.$post({ json: account }))).toMatchObject({ ok: true })
  const { handle: login, password } = account
  const given = await call(visitor.tokens.$post({ json: { login, password, name: 'watch' } }))
  if (!given.ok) throw new Error(given.message)
  const api = createClient(balancer.url, { authorization: `Bearer ${given.value.token}` })
  expect(await call(api.seller.$post({ json: { name: 'Scarves', handle: 'scarves' } }))).toMatchObject({ ok: true })
  return api
}

test('holds and a lost connection are told as they happen, one JSON object a line, until Ctrl-C', async () => {
  const { productId, variantId } = await makeVariant({ quantity: 9 })
  const { said, ended, pressCtrlC } = watch(productId, '--url', balancer.url, '--json')
  const stock = () => linesOf(said).flatMap((line) => (line.type === 'stock' ? [[line.available, line.held]] : []))
  await expect.poll(stock).toEqual([[9, 0]])
  expect(linesOf(said)[0]).toMatchObject({
    type: 'product',
    productId,
    title: 'A thing',
    at: expect.any(String) as string,
  })

  await hold(variantId, 2)
  await expect.poll(stock).toEqual([
    [9, 0],
    [7, 2],
  ])

  way[0] = second.url
  await first.kill()
  await hold(variantId, 3)
  await expect.poll(() => stock().at(-1)).toEqual([4, 5])
  const states = linesOf(said).flatMap((line) => (line.type === 'connection' ? [line.state] : []))
  expect(states).toEqual(['lost', 'back'])
  pressCtrlC()
  expect(await ended).toBe(0)
  expect(said.error).toBe('')
}, 40_000)

test('people read sentences', async () => {
  const { variantId, productId } = await makeVariant({ quantity: 3 })
  await db.run(sql`update product set slug = ${`lamp-${productId}`} where id = ${productId}`)
  const { said, ended, pressCtrlC } = watch(`${balancer.url}/products/lamp-${productId}?variant=${variantId}`)
  await expect.poll(() => said.out).toMatch(/^\d\d:\d\d:\d\d {2}A thing$/m)
  await expect.poll(() => said.out).toMatch(/^\d\d:\d\d:\d\d {2}3 left, 0 held$/m)
  await hold(variantId, 1)
  await expect.poll(() => said.out).toMatch(/^\d\d:\d\d:\d\d {2}2 left, 1 held$/m)
  expect(said.out).toMatch(/^\d\d:\d\d:\d\d {2}1 watching$/m)
  pressCtrlC()
  expect(await ended).toBe(0)
}, 30_000)

test('each version goes by its name, and a new price is told when the seller sets it', async () => {
  const api = await openShop()
  const optionNames = ['Colour']
  const variants = ['Red', 'Sea blue'].map((colour) => ({ optionValues: [colour], priceCents: '1200', quantity: 4 }))
  const made = await call(api.products.$post({ json: { title: 'Scarf', categorySlug: 'home', optionNames, variants } }))
  if (!made.ok) throw new Error(made.message)
  const { id, slug, variants: listed } = made.value
  expect(await call(api.products[':id'].publish.$post({ param: { id }, query: {} }))).toMatchObject({ ok: true })

  const { said, ended, pressCtrlC } = watch(slug, '--url', balancer.url)
  await expect.poll(() => said.out).toMatch(/ {2}Red {7}4 left, 0 held\n.* {2}Sea blue {2}4 left, 0 held\n/)
  const changed = listed.map((each, index) => ({ ...each, priceCents: index === 0 ? '950' : each.priceCents }))
  const put = api.products[':id'].variants.$put({ param: { id }, json: { optionNames, variants: changed } })
  expect(await call(put)).toMatchObject({ ok: true })
  await expect.poll(() => said.out).toMatch(/ {2}Red {7}price €12\.00 → €9\.50\n/)
  expect(said.out).not.toMatch(/Sea blue.*price/)
  pressCtrlC()
  expect(await ended).toBe(0)
}, 30_000)

test('an unknown product, no product and a market that is not there end with 2 and a sentence', async () => {
  const unknown = watch('no-such-thing', '--url', balancer.url)
  expect(await unknown.ended).toBe(2)
  expect(unknown.said.error).toBe(`There is no product no-such-thing at ${balancer.url}.\n`)
  expect(await watch().ended).toBe(2)
  const nowhere = watch('lamp', '--url', 'http://127.0.0.1:9')
  expect(await nowhere.ended).toBe(2)
  expect(nowhere.said.error).toContain('http://127.0.0.1:9 did not say what lamp is')
}, 30_000)
