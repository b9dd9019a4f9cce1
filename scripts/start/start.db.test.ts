import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { keepSecret } from './checks.ts'
import { watchPace } from '../test-pace.ts'

const START = ['scripts/start.js']
const SOUK_SECRET = 'a secret of more than thirty-two characters'
let dataDir: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'souk-start-'))
})

afterEach(() => rm(dataDir, { recursive: true }))

test('a taken port is said before anything is done', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const address = taken.address()
  const PORT = String(typeof address === 'object' ? address?.port : '')
  expect(await refusalOf(START, { PORT })).toContain(`Port ${PORT} is taken by another program`)
  taken.close()
  expect(await readdir(dataDir)).toEqual([])
})

test('a data folder that cannot be written is said', async () => {
  const file = join(dataDir, 'file')
  await writeFile(file, '')
  expect(await refusalOf(START, { DATA_DIR: join(file, 'data') })).toContain('cannot be written')
})

// /proc answers that its own parent is missing, which Node's recursive mkdir believes without end.
test.runIf(process.platform === 'linux')('a data folder where none can be is said', async () => {
  expect(await refusalOf(START, { DATA_DIR: '/proc/souk/data' })).toContain('/proc/souk/data cannot be written')
})

test('a setting that does not fit is said by name', async () => {
  expect(await refusalOf(START, { PORT: 'many' })).toContain('PORT')
})

test('a database of one’s own needs a secret', async () => {
  const sentence = await refusalOf(START, { DATABASE_URL: inject('testServer').url, SOUK_SECRET: '' })
  expect(sentence).toContain('SOUK_SECRET is not')
})

test('a database address that is none, or where nobody answers, is said', async () => {
  expect(await refusalOf(START, { DATABASE_URL: 'shop', SOUK_SECRET })).toContain('is no PostgreSQL address')
  const DATABASE_URL = `postgresql://ann:geheim@127.0.0.1:${await closedPort()}/shop`
  expect(await refusalOf(START, { DATABASE_URL, SOUK_SECRET })).toContain('No PostgreSQL answers at 127.0.0.1')
})

test('a wrong password and a missing database are said, without the password', async () => {
  const wrong = new URL(inject('testServer').url)
  wrong.password = 'geheim'
  const sentence = await refusalOf(START, { DATABASE_URL: wrong.href, SOUK_SECRET })
  expect(sentence).toContain('does not let')
  expect(sentence).not.toContain('geheim')
  const missing = new URL(inject('testServer').url)
  missing.pathname = '/no_such_shop'
  expect(await refusalOf(START, { DATABASE_URL: missing.href, SOUK_SECRET })).toContain('has no database no_such_shop')
})

test('a Node that is too old is told what to do', async () => {
  const code = `Object.defineProperty(process.versions, 'node', { value: '20.11.0' }); await import('./scripts/start.js')`
  expect(await refusalOf(['--input-type=module', '-e', code], {})).toContain('Souk needs Node 24 and this is 20.11.0')
})

test('a start that hangs in its stopping is over within 5 s', async () => {
  const code = `
    import { onStop, stopOnSignals } from './scripts/start/stopping.ts'
    stopOnSignals()
    onStop(() => new Promise(() => {}))
    onStop(() => new Promise(() => {}))
    setInterval(() => {}, 1000)
    console.log('up')`
  const hanging = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(hanging.stdout, 'data')
  const pace = watchPace()
  const begun = performance.now()
  hanging.kill('SIGINT')
  await once(hanging, 'exit')
  expect(performance.now() - begun).toBeLessThan(5_000 * pace())
})

test('two that make the secret at once keep the same one, which nobody else can read', async () => {
  const secrets = await Promise.all([keepSecret(dataDir), keepSecret(dataDir)])
  expect(new Set([...secrets, await keepSecret(dataDir)]).size).toBe(1)
  expect((await stat(join(dataDir, 'secret'))).mode & 0o777).toBe(0o600)
})

/** What a start that ends says: one sentence, with exit code 1. */
async function refusalOf(args: string[], settings: Record<string, string>): Promise<string> {
  const env = { ...process.env, DATABASE_URL: '', PORT: '0', DATA_DIR: dataDir, ...settings }
  const start = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  start.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  start.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = (await once(start, 'close')) as [number]
  expect(said.trim()).toMatch(/^[^\n]+\.\)?$/)
  expect(code).toBe(1)
  return said
}

async function closedPort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}
