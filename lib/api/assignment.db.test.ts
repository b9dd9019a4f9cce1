import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBalancer, type Balancer } from '../../scripts/test-balancer.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { startWebNode, type WebNode } from '../../scripts/test-web.ts'
import { apiDocument } from './app.ts'

await useTestDatabase()

const run = promisify(execFile)
const page = await readFile('docs/api.md', 'utf8')
const story = /## The classic assignment[^]*?```bash\n([^]*?)```/.exec(page)?.[1] ?? ''
const rows = [...page.matchAll(/^\| ([a-z' ]+?) +\| `([A-Z]+) (\/\S*)` *\|$/gm)].map(([, name, method, path]) => ({
  name: name ?? '',
  method: method ?? '',
  path: path ?? '',
}))

let nodes: WebNode[]
let balancer: Balancer

beforeAll(async () => {
  nodes = await Promise.all([startWebNode(), startWebNode()])
  balancer = await startBalancer(nodes.map(({ url }) => url))
})
afterAll(async () => {
  await balancer.close()
  await Promise.all(nodes.map((node) => node.kill()))
})

test('every operation of the table is one call, which the document has and the story makes', () => {
  const { paths } = apiDocument()
  expect(rows).toHaveLength(18)
  for (const { name, method, path } of rows) {
    expect(Object.keys(paths[path] ?? {}), name).toContain(method.toLowerCase())
    const told = story.split('\n# ').find((part) => part.startsWith(`${name}\n`)) ?? ''
    // What stands for the braces is a variable of the shell.
    const address = path.replaceAll(/\{\w+\}/g, '\\$\\w+')
    expect(callsIn(told), name).toContainEqual(expect.stringMatching(new RegExp(`^${method} ${address}$`)))
  }
})

test('the story can be pasted, each of its calls is answered by another of two nodes, and it ends as it should', async () => {
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', story], {
    env: { ...process.env, SOUK: balancer.url },
  })
  const said = stdout.split('\n').flatMap((line) => (line ? [JSON.parse(line) as object] : []))
  const none = { up: 0, down: 0, percentUp: null }
  const bowl = { title: 'Blue bowl', priceFromCents: '2200' }
  expect(said).toMatchObject([
    { shop: { handle: expect.stringMatching(/^kiln-/) as string } },
    none,
    { title: 'Blue bowl', variants: [{ priceCents: '2200' }] },
    { onHand: 3, available: 3 },
    { items: [bowl], nextCursor: null },
    { shop: null },
    { items: [bowl], found: { count: 1 } },
    { quantity: 2 },
    { lines: [{ quantity: 2, state: 'held' }], totalCents: '4400' },
    { quantity: 0 },
    { quantity: 3 },
    { lines: [], totalCents: '0' },
    { quantity: 1 },
    { status: 'shipped' },
    { status: 'delivered' },
    { lines: [{ review: { item: 'up', seller: 'up' } }] },
    { up: 1, down: 0, percentUp: 100 },
    { items: [{ status: 'paid', totalCents: '2200', sellerOrders: [{ status: 'delivered' }] }], nextCursor: null },
  ])
})

/** The calls of some lines of shell: method and path. */
function callsIn(lines: string): string[] {
  return [...lines.matchAll(/\bask(?: -X ([A-Z]+))? "?\$SOUK(\/[^\s?"|)]*)(.*)/g)].map(
    ([, method, path = '', rest = '']) => `${method ?? (rest.includes(" -d '") ? 'POST' : 'GET')} ${path}`,
  )
}
