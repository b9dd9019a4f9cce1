import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isAlive } from './pid.ts'

let dataDir: string
const members: Member[] = []

interface Member {
  readonly process: ChildProcess
  readonly url: string
}

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'souk-embedded-'))
  await chmod(dataDir, 0o755)
})

afterEach(async () => {
  await Promise.all(members.splice(0).map(kill))
  const server = await serverPid()
  if (server && isAlive(server)) await killServer(server, 'SIGQUIT')
  // Backends whose server was killed end a moment later.
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

test('two that start at once share one server, and what was written is there at the next start', async () => {
  const [first, second] = await Promise.all([joinServer(), joinServer()])
  expect(second.url).toBe(first.url)
  await run(first.url, 'create table note (text text)')
  await run(first.url, `insert into note values ('kept')`)
  await Promise.all([leave(first), leave(second)])

  const third = await joinServer()
  expect(await run(third.url, 'select text from note')).toEqual([{ text: 'kept' }])
})

test('the second goes on when the first is killed, and the last to leave stops the server', async () => {
  const first = await joinServer()
  const second = await joinServer()
  const server = await requireServerPid()
  await kill(first)
  expect(await run(second.url, 'select 1 as one')).toEqual([{ one: 1 }])

  await leave(second)
  expect(isAlive(server)).toBe(false)
})

test('who leaves first leaves the server to the others', async () => {
  const first = await joinServer()
  const second = await joinServer()
  await leave(first)
  expect(await run(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('an orphaned server is joined, and stopped by whoever joined it', async () => {
  await kill(await joinServer())
  const server = await requireServerPid()
  expect(isAlive(server)).toBe(true)

  const next = await joinServer()
  expect(await requireServerPid()).toBe(server)
  await leave(next)
  expect(isAlive(server)).toBe(false)
})

test('after everything was killed at once nothing that was committed is lost', async () => {
  const member = await joinServer()
  await run(member.url, 'create table note (text text)')
  await run(member.url, `insert into note select 'line ' || n from generate_series(1, 1000) as n`)
  const server = await requireServerPid()
  process.kill(server, 'SIGKILL')
  await kill(member)

  const next = await joinServer()
  expect(await run(next.url, 'select count(*)::int as lines from note')).toEqual([{ lines: 1000 }])
})

test('a server that dies under a member comes back at the same address', async () => {
  const member = await joinServer()
  await run(member.url, 'create table note (text text)')
  process.kill(await requireServerPid(), 'SIGKILL')

  await expect.poll(() => run(member.url, 'select text from note').catch(() => null)).toEqual([])
})

test('a process that has the number of a dead server does not keep the next one from starting', async () => {
  await leaveBehind(1)
  const next = await joinServer()
  expect(await run(next.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a dead server that nobody has buried does not keep the next one from starting', async () => {
  await leave(await joinServer())
  const { uid, gid } = await stat(join(dataDir, 'postgres'))
  // The shell becomes a program that never asks how its child ended. PostgreSQL minds only numbers of its own user.
  const careless = spawn('sh', ['-c', 'true & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    cwd: '/',
    uid,
    gid,
  })
  const [child] = (await once(careless.stdout, 'data')) as [Buffer]
  await expect.poll(() => isAlive(Number(child))).toBe(false)
  await leaveBehind(Number(child))
  const next = await joinServer()
  expect(await run(next.url, 'select 1 as one')).toEqual([{ one: 1 }])
  careless.kill()
})

test('a copy of the folder is a database of its own, also when it was made under a running server', async () => {
  const original = await joinServer()
  const copy = `${dataDir}/copy`
  // Unlike Node's own it keeps the owner.
  await promisify(execFile)('sh', ['-c', 'mkdir copy && cp -a postgres postgres.password copy'], { cwd: dataDir })
  const member = await joinServer(copy)
  await run(member.url, 'create table note (text text)')
  expect(await run(original.url, `select from pg_tables where tablename = 'note'`)).toEqual([])
  await leave(member)
  expect(await run(original.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('nobody else reads the password or the data, and the server asks for it', async () => {
  const member = await joinServer()
  const mode = async (name: string) => (await stat(join(dataDir, name))).mode & 0o777
  expect(await mode('postgres.password')).toBe(0o600)
  expect(await mode('postgres')).toBe(0o700)
  expect(await run(member.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
  expect(await run(member.url, 'show fsync')).toEqual([{ fsync: 'on' }])
  const wrong = new URL(member.url)
  wrong.password = 'wrong'
  await expect(run(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/)
})

/** The file of a server that was killed, with this number in it. */
async function leaveBehind(pid: number): Promise<void> {
  const member = await joinServer()
  const server = await requireServerPid()
  await kill(member)
  await killServer(server)
  const lines = [pid, join(dataDir, 'postgres'), '0', '5432', '', '127.0.0.1', '', 'ready']
  await writeFile(join(dataDir, 'postgres', 'postmaster.pid'), `${lines.join('\n')}\n`)
}

/** A process of its own, as a node would be: it prints the address and leaves when its input ends. */
async function joinServer(folder = dataDir): Promise<Member> {
  const code = `
    import { startEmbedded } from '#lib/embedded/membership'
    const { url, leave } = await startEmbedded({ dataDir: ${JSON.stringify(folder)} })
    console.log(url)
    process.stdin.on('end', () => leave().then(() => process.exit(0))).resume()`
  const member = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [url] = (await once(member.stdout, 'data')) as [Buffer]
  members.push({ process: member, url: url.toString().trim() })
  return { process: member, url: url.toString().trim() }
}

async function leave(member: Member): Promise<void> {
  const exit = once(member.process, 'exit')
  member.process.stdin?.end()
  expect((await exit)[0]).toBe(0)
}

async function kill(member: Member): Promise<void> {
  if (member.process.exitCode !== null || member.process.signalCode !== null) return
  const exit = once(member.process, 'exit')
  member.process.kill('SIGKILL')
  await exit
}

async function killServer(server: number, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  process.kill(server, signal)
  await expect.poll(() => isAlive(server)).toBe(false)
}

async function serverPid(): Promise<number | null> {
  const text = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')
  return Number(text.split('\n')[0]) || null
}

async function requireServerPid(): Promise<number> {
  const pid = await serverPid()
  if (!pid) throw new Error('there is no postmaster.pid')
  return pid
}

async function run(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}
