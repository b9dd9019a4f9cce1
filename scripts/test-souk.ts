import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { call, createClient } from '#lib/api/client'
import { db, sql } from '#lib/db'
import { makeVariant } from './test-market.ts'
import { openTerminal, type Terminal } from './test-terminal.ts'
import { startWebNode } from './test-web.ts'

export const PASSWORD = 'saffron-lantern-1'

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly error: string
}

/** A node, and people who call `souk` at it. All of it ends after the file's last test. */
export async function useSouk(settings: Readonly<Record<string, string>> = {}) {
  const node = await startWebNode(settings)
  const home = mkdtempSync(join(tmpdir(), 'souk-home-'))
  const terminals = new Set<Terminal>()
  afterAll(async () => {
    for (const terminal of terminals) terminal.kill()
    await node.kill()
    rmSync(home, { recursive: true, force: true })
  })
  const envOf = (more: Readonly<Record<string, string>>) => ({
    SOUK_URL: node.url,
    XDG_CONFIG_HOME: home,
    SOUK_TOKEN: '',
    ...more,
  })

  /** Not in a terminal, as programs call it. */
  const souk = async (
    args: readonly string[],
    more: Readonly<Record<string, string>> = {},
    input = '',
  ): Promise<Ran> => {
    const env = { ...process.env, ...envOf(more) }
    const child = spawn(process.execPath, ['cli/souk.js', ...args], { env })
    const ran = { out: '', error: '' }
    child.stdout.on('data', (chunk: Buffer) => (ran.out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (ran.error += chunk.toString()))
    child.stdin.end(input)
    const [code] = (await once(child, 'close')) as [number | null]
    return { code, ...ran }
  }
  const terminal = (args: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    const opened = openTerminal(args, envOf(more))
    terminals.add(opened)
    void opened.ended.then(() => terminals.delete(opened))
    return opened
  }
  return { url: node.url, node, home, souk, terminal }
}

/** A new member of the market, and a token of theirs. */
export async function signUp(url: string, handle: string): Promise<string> {
  const visitor = createClient(url, { origin: url })
  const account = { handle, password: PASSWORD, name: handle, email: `${handle}@example.org` }
  expect(await call(visitor.accounts.$post({ json: account }))).toMatchObject({ ok: true })
  const given = await call(visitor.tokens.$post({ json: { login: handle, password: PASSWORD, name: 'test' } }))
  if (!given.ok) throw new Error(given.message)
  return given.value.token
}

/** Something on sale under this title. */
export async function makeItem(title: string, quantity: number, seller?: { sellerId: string; userId: string }) {
  const made = await makeVariant({ quantity, ...(seller && { seller }) })
  const slug = `${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${made.productId.slice(-6)}`
  await db.run(
    sql`update product set title = ${title}, slug = ${slug}, keywords = '{}', description = '' where id = ${made.productId}`,
  )
  await db.run(sql`update variant set option_values = '{}' where id = ${made.variantId}`)
  return { ...made, slug, title }
}

/** How many pieces of it are free, and how many are held, in the database. */
export async function countsOf(variantId: string): Promise<{ free: number; held: number }> {
  const [row] = await db.run(sql<{ free: number; held: number }>`
    select stock.available as free, stock.on_hand - stock.available as held from stock where variant_id = ${variantId}`)
  if (!row) throw new Error(`There is no stock of ${variantId}.`)
  return { free: Number(row.free), held: Number(row.held) }
}

/** An address for whoever is not asked for one. */
export const ADDRESS = [
  '--name',
  'Ada',
  '--street',
  'Lane 1',
  '--postal-code',
  '10115',
  '--city',
  'Berlin',
  '--country',
  'DE',
]
