import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { isAlive } from '#lib/embedded/pid'
import { useTestDatabase } from '../test-database.ts'
import { watchPace } from '../test-pace.ts'
import { until } from '../test-race.ts'
import { startWebHost } from '../test-web.ts'

await useTestDatabase()
const TWO = { WEB_CONCURRENCY: '2', DATABASE_POOL_SIZE: '4', LOG_LEVEL: 'silent' }

const endings: (() => unknown)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

test('a worker that is killed is followed by another, and the port answers all the while', async () => {
  const host = await startHost(TWO)
  const [first = 0, second = 0] = await host.workers()
  // Nobody who comes at that moment is left waiting: refused is early enough to ask again.
  const ask = () => fetch(`${host.url}/livez`, { signal: AbortSignal.timeout(5_000), headers: { connection: 'close' } })
  const asked = Array.from({ length: 200 }, (_, turn) => {
    if (turn === 100) process.kill(first, 'SIGKILL')
    return ask().then(
      () => 'answered',
      (error: Error) => error.name,
    )
  })
  expect(await Promise.all(asked)).not.toContain('TimeoutError')
  const answers: boolean[] = []
  await until(async () => {
    answers.push((await fetch(`${host.url}/readyz`).catch(() => null))?.ok ?? false)
    const now = await host.workers()
    return now.length === 2 && !now.includes(first)
  })
  expect((await host.workers()).includes(second)).toBe(true)
  // What the killed one was just being handed is lost with it.
  expect(answers.filter((isOk) => !isOk).length).toBeLessThanOrEqual(1)
  await until(async () => isAlive((await host.workers()).find((pid) => pid !== second) ?? 0))
})

test('workers end with the primary, told to stop or killed', async () => {
  const told = await startHost(TWO)
  const workers = await told.workers()
  const pace = watchPace()
  const begun = performance.now()
  expect(await told.stop()).toBe(0)
  expect(performance.now() - begun).toBeLessThan(5_000 * pace())
  expect(workers.filter(isAlive)).toEqual([])

  const killed = await startHost(TWO)
  const orphans = await killed.workers()
  expect(orphans.length).toBe(2)
  await killed.kill()
  await until(() => !orphans.some(isAlive))
})

test('each worker shows its metrics on a port of its own, and still does after a restart', async () => {
  const port = await twoFreePorts()
  const host = await startHost({ ...TWO, METRICS_PORT: String(port) })
  const traders = async () => [await lease(port), await lease(port + 1)].filter(({ isHeld }) => isHeld)
  // Two processes of which one trades; were they the same one, none or two of the answers would say so.
  await until(async () => (await traders()).length === 1)
  const [before] = await traders()
  expect(await host.restart()).toBe(true)
  await until(async () => (await traders()).length === 1)
  const [after] = await traders()
  expect(after?.epoch).toBeGreaterThan(before?.epoch ?? Infinity)
})

test('what stands in the way of a worker ends the start with its reason', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  endings.push(() => taken.close())
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const starting = startHost({ ...TWO, METRICS_PORT: String(port) })
  // The next port is the second worker's, and somebody else's test may have it.
  const reason = `METRICS_PORT=(${port}|${port + 1}) on METRICS_HOST=127.0.0.1 cannot be had`
  await expect(starting).rejects.toThrow(new RegExp(reason))
})

async function startHost(settings: Record<string, string>) {
  const host = await startWebHost(settings)
  endings.push(host.kill)
  return host
}

/** What the worker behind a metrics port says of the trader. */
async function lease(port: number): Promise<{ isHeld: boolean; epoch: number }> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  const value = (name: string) => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1])
  return { isHeld: value('souk_trader_lease_held') === 1, epoch: value('souk_trader_epoch') }
}

/** The first of two ports that follow each other. */
async function twoFreePorts(): Promise<number> {
  for (;;) {
    const first = createServer().listen(0, '127.0.0.1')
    await once(first, 'listening')
    const { port } = first.address() as AddressInfo
    const second = createServer()
    const isFree = await new Promise<boolean>((resolve) => {
      second.once('listening', () => resolve(true)).once('error', () => resolve(false))
      second.listen(port + 1, '127.0.0.1')
    })
    await Promise.all([first, second].map((server) => new Promise((resolve) => server.close(resolve))))
    if (isFree) return port
  }
}
