import { afterEach, expect, test } from 'vitest'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { watchPace } from '../../scripts/test-pace.ts'
import { until } from '../../scripts/test-race.ts'
import { startSilentProxy } from '../../scripts/test-silence.ts'
import { startWebNode } from '../../scripts/test-web.ts'

const pace = watchPace()
const { url: databaseUrl } = await useTestDatabase()

const endings: (() => unknown)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

test('a node that is told to stop says so first, and goes on answering until balancers have seen it', async () => {
  const node = await startNode({ DRAIN_MS: '1500' })
  expect(await ask(node.url, '/readyz')).toEqual({ status: 200, body: { status: 'ready' }, connection: 'keep-alive' })
  const begun = performance.now()
  const exit = node.stop()
  await until(async () => (await ask(node.url, '/readyz')).status === 503)
  expect(await ask(node.url, '/readyz')).toEqual({ status: 503, body: { status: 'stopping' }, connection: 'close' })
  expect(await ask(node.url, '/livez')).toEqual({ status: 200, body: { status: 'alive' }, connection: 'close' })
  const api = await ask(node.url, '/api/v1/categories')
  expect([api.status, api.connection]).toEqual([200, 'close'])
  expect(await exit).toBe(0)
  expect(performance.now() - begun).toBeGreaterThan(1_500)
  expect(performance.now() - begun).toBeLessThan(6_500 * pace())
})

test('a node whose database is not heard any more is not ready and yet alive, and is ready again when it is', async () => {
  const proxy = await startSilentProxy(databaseUrl)
  endings.push(proxy.close)
  const node = await startNode({ DATABASE_URL: proxy.url })
  expect((await ask(node.url, '/readyz')).status).toBe(200)
  proxy.silence()
  await until(async () => (await ask(node.url, '/readyz')).status === 503)
  const begun = performance.now()
  expect((await ask(node.url, '/readyz')).body).toEqual({ status: 'without-database' })
  expect(await ask(node.url, '/livez')).toMatchObject({ status: 200, body: { status: 'alive' } })
  // It waits for the database no longer than a second.
  expect(performance.now() - begun).toBeLessThan(2_500 * pace())
  proxy.mend()
  await until(async () => (await ask(node.url, '/readyz')).status === 200)
})

async function startNode(settings: Record<string, string>) {
  const node = await startWebNode(settings)
  endings.push(node.kill)
  return node
}

async function ask(url: string, path: string) {
  const answer = await fetch(`${url}${path}`)
  return { status: answer.status, body: (await answer.json()) as unknown, connection: answer.headers.get('connection') }
}
