import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createClient as generate } from '@hey-api/openapi-ts'
import { rolldown } from 'rolldown'
import ts from 'typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleClient } from '../../scripts/bundle-client.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { makeVariant } from '../../scripts/test-market.ts'
import { startWebNode, type WebNode } from '../../scripts/test-web.ts'
import { apiDocument } from './app.ts'

await useTestDatabase()

const run = promisify(execFile)
let node: WebNode
let folder: string

beforeAll(async () => {
  node = await startWebNode()
  folder = await mkdtemp(join(tmpdir(), 'souk-outside-'))
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
})
afterAll(async () => {
  await node.kill()
  await rm(folder, { recursive: true })
})

/** What an outsider writes who has read nothing but the document. */
const PROGRAM = `
import * as souk from './client/sdk.gen.ts'
import { client } from './client/client.gen.ts'
client.setConfig({ baseUrl: process.argv[2] + '/api/v1', throwOnError: true })
const handle = 'o-' + Date.now().toString(36)
const password = 'a long and quiet evening'
await souk.signUp({ body: { handle, name: 'Outside', email: handle + '@example.org', password } })
const { data: token } = await souk.createToken({ body: { login: handle, password, name: 'outside' } })
client.setConfig({ headers: { Authorization: 'Bearer ' + token.token } })
const { data: products } = await souk.listProducts()
const variantId = products.items[0].stock[0].variantId
await souk.holdInCart({ path: { variantId }, body: { quantity: 1 } })
const { data: quote } = await souk.getQuote({ query: { country: 'DE' } })
const address = { name: 'Ada', line1: 'Lange Gasse 7', postalCode: '10115', city: 'Berlin', country: 'DE' }
const card = { number: '4242 4242 4242 4242', name: 'Ada', expiry: '12/30', cvc: '123' }
const headers = { 'Idempotency-Key': crypto.randomUUID() }
const { data: bought } = await souk.placeOrder({ headers, body: { address, card, expectedTotalCents: quote.totalCents } })
const { data: order } = await souk.getOrder({ path: { number: bought.number } })
console.log(JSON.stringify([order.status, order.sellerOrders[0].lines[0].variantId ?? variantId, order.totalCents]))
`

test('a client that a generator made of the document signs up, buys something and reads its order', async () => {
  const { variantId } = await makeVariant({ quantity: 3 })
  await writeFile(join(folder, 'souk.json'), JSON.stringify(apiDocument()))
  await generate({ input: join(folder, 'souk.json'), output: join(folder, 'client'), logs: { level: 'silent' } })
  await writeFile(join(folder, 'buy.ts'), PROGRAM)
  const bundle = await rolldown({ input: join(folder, 'buy.ts'), platform: 'node' })
  await bundle.write({ file: join(folder, 'buy.js'), format: 'esm' })
  await bundle.close()
  const { stdout } = await run(process.execPath, ['buy.js', node.url], { cwd: folder })
  expect(JSON.parse(stdout)).toEqual(['paid', variantId, '1000'])
})

test('every answer of the API, a refusal too, says that it is no page', async () => {
  for (const [path, status] of [
    ['/api/v1/categories', 200],
    ['/api/v1/nowhere', 404],
    ['/api/v1/orders', 401],
    ['/media/nothing', 404],
  ] as const) {
    const answer = await fetch(`${node.url}${path}`)
    expect(answer.status).toBe(status)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'strict-origin-when-cross-origin',
    })
  }
})

test('our own client is one file that runs outside this repository, and knows its types there', async () => {
  await bundleClient(join(folder, 'souk-client.js'))
  await mkdir(join(folder, 'node_modules'))
  await symlink(join(process.cwd(), 'node_modules/hono'), join(folder, 'node_modules/hono'))
  const program = `import { call, createClient } from './souk-client.js'
declare const process: { argv: string[] }
const answer = await call(createClient(process.argv[2]).cart.$get())
if (answer.ok) console.log(JSON.stringify(answer.value.lines satisfies { totalCents: string }[]))`
  await writeFile(join(folder, 'look.ts'), program)
  const { stdout } = await run(process.execPath, ['look.ts', node.url], { cwd: folder })
  expect(JSON.parse(stdout)).toEqual([])
  expect(faultsOf('look.ts')).toEqual([])

  await writeFile(join(folder, 'wrong.ts'), program.replace('totalCents', 'totalPence'))
  expect(faultsOf('wrong.ts')).toEqual([expect.stringContaining('totalPence')])
})

/** What the compiler says of a program in the folder, which knows nothing of this repository's settings. */
function faultsOf(name: string): string[] {
  const { ScriptTarget, ModuleKind, ModuleResolutionKind } = ts
  const modules = { module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler }
  const options = { ...modules, target: ScriptTarget.ES2022, strict: true, types: [], noEmit: true }
  const program = ts.createProgram([join(folder, name)], options)
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}
