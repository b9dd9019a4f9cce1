import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isAlive } from '#lib/embedded/pid'
import { openPeers } from './runner/peers.ts'
import { watchPace } from '../scripts/test-pace.ts'

const pace = watchPace()
let dataDir = ''
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'souk-bazaar-'))
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

const PROGRAM = join(import.meta.dirname, 'bazaar', 'peer.ts')

/** The command as a person runs it. */
function bazaar(...args: string[]) {
  const env = { ...process.env, DATA_DIR: dataDir, NODE_OPTIONS: '' }
  const command = spawn(process.execPath, ['cli/souk.ts', 'bazaar', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  command.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()))
  command.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()))
  return {
    said,
    pid: command.pid ?? 0,
    kill: (signal: 'SIGINT' | 'SIGKILL') => command.kill(signal),
    ended: once(command, 'close'),
  }
}

async function childrenOf(pid: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,comm='])
  const rows = stdout.split('\n').map((line) => line.trim().split(/\s+/))
  return rows.flatMap(([child, parent, name]) => (Number(parent) === pid && name !== 'ps' ? [Number(child)] : []))
}

test('a trader that stands still in the middle of its work is followed, kept out when it goes on, and every sum is paid once', async () => {
  const size = ['--peers', '2', '--buyers', '6', '--sellers', '2', '--seconds', '5']
  const { ended, said } = bazaar(...size, '--fault-tolerance', '--pause', '--timeout', '2', '--json')
  const [code] = (await ended) as [number]
  expect([code, said.err]).toEqual([0, expect.stringContaining('stands still for 8 s')])
  const figures = JSON.parse(said.out.trim().split('\n').at(-1) ?? '') as Record<string, number>
  expect(figures).toMatchObject({
    ...{ takeovers: 1, duplicate_payouts: 0, missing_payouts: 0, stale_writes: 0, orders_under_way: 0 },
    audit: 'clean',
  })
  expect(figures.stale_refused).toBeGreaterThan(0)
  expect(figures.takeover_max_ms).toBeGreaterThan(2_000)
  expect(figures.takeover_max_ms).toBeLessThanOrEqual(10_000 * pace())
  expect(figures.sales).toBeGreaterThan(0)
  expect(figures.payouts).toBeGreaterThan(0)
})

test('Ctrl-C while the trader is dead ends it, and everything that it started', async () => {
  const { said, pid, kill, ended } = bazaar('--peers', '2', '--seconds', '60', '--fault-tolerance', '--timeout', '1')
  await vi.waitFor(() => expect(said.out).toContain('is killed (kill -9)'), { timeout: 60_000, interval: 50 })
  const children = await childrenOf(pid)
  expect(children.length).toBeGreaterThan(0)
  kill('SIGINT')
  expect(await ended).toEqual([0, null])
  expect(said.out).toContain('Ended early')
  expect(children.filter(isAlive)).toEqual([])
})

test('a node that does not start says why, and none is left', async () => {
  const peers = openPeers(PROGRAM, { DATABASE_URL: 'postgres://nobody', LOG_LEVEL: 'loud' }, join(dataDir, 'peers.log'))
  await expect(peers.add()).rejects.toThrow(/did not start[^]*LOG_LEVEL/)
  expect(await childrenOf(process.pid)).toEqual([])
  await peers.stop()
})

test('what makes no bazaar is said in one sentence, with exit code 2, before anything is started', async () => {
  const { ended, said } = bazaar('--peers', '0')
  expect(await ended).toEqual([2, null])
  expect(said).toEqual({ out: '', err: '--peers 0 does not do: it is a whole number from 1 to 16.\n' })
})
