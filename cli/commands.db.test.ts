import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { call, createClient } from '#lib/api/client'
import { db, sql } from '#lib/db'
import { useTestDatabase } from '../scripts/test-database.ts'
import { ADDRESS, countsOf, makeItem, signUp, useSouk } from '../scripts/test-souk.ts'

await useTestDatabase()
const { url, home, souk } = await useSouk()

/** Every line of the output as what it is: with --json nothing else is there. */
function linesOf({ out }: { out: string }): Record<string, unknown>[] {
  return out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

async function openShop(handle: string): Promise<string> {
  const token = await signUp(url, handle)
  const api = createClient(url, { authorization: `Bearer ${token}` })
  expect(await call(api.seller.$post({ json: { name: handle, handle } }))).toMatchObject({ ok: true })
  return token
}

test('check tells counts as they are at this moment, in words and as JSON', async () => {
  const SOUK_TOKEN = await signUp(url, 'abe')
  const { slug } = await makeItem('Glass bead', 8)
  expect(linesOf(await souk(['check', 'glass', '--json']))).toMatchObject([{ title: 'Glass bead', slug, left: 8 }])
  await souk(['cart', 'add', slug, '-n', '3'], { SOUK_TOKEN })
  expect(linesOf(await souk(['check', 'glass', '--json']))).toMatchObject([{ left: 5 }])
  expect((await souk(['check', 'glass'])).out).toMatch(
    /^item +price +stock +seller +name\nGlass bead +€10\.00 +5 left +/,
  )
}, 40_000)

test('check of what is not on sale ends with 1 and says what is near', async () => {
  await makeItem('Sandstone bust', 1)
  const ran = await souk(['check', 'sandston', 'busst'])
  expect(ran).toMatchObject({ code: 1, out: '' })
  expect(ran.error).toContain('Near to it: Sandstone bust.')
}, 40_000)

test('a stranger’s title cannot move the cursor, clear the screen or turn a line around', async () => {
  const { productId } = await makeItem('Plain box', 1)
  const hostile = 'Evil\u001b[2J\u001b]0;owned\u0007 b\u202Eox\r\nBought: order S-AAAAAAAA.'
  await db.run(sql`update product set title = ${hostile} where id = ${productId}`)
  const { out } = await souk(['check', 'evil'])
  expect(out).toContain('Evil box Bought: order S-AAAAAAAA.')
  expect(out).not.toMatch(/[^\P{Cc}\n]|\u202E/u)
}, 40_000)

test('a cart is shown, added to, taken from and cleared, and the database agrees each time', async () => {
  const SOUK_TOKEN = await signUp(url, 'ben')
  const { slug, variantId, title } = await makeItem('Felt slipper', 9)
  const added = await souk(['cart', 'add', 'felt', 'slipper', '-n', '3', '--json'], { SOUK_TOKEN })
  expect(linesOf(added)).toMatchObject([{ variantId, quantity: 3 }])
  expect(await countsOf(variantId)).toEqual({ free: 6, held: 3 })
  expect(linesOf(await souk(['cart', '--json'], { SOUK_TOKEN }))).toMatchObject([{ lines: [{ title, quantity: 3 }] }])
  await souk(['cart', 'remove', slug, '-n', '1'], { SOUK_TOKEN })
  expect(await countsOf(variantId)).toEqual({ free: 7, held: 2 })
  expect((await souk(['cart', 'clear'], { SOUK_TOKEN })).out).toBe('The cart is empty.\n')
  expect(await countsOf(variantId)).toEqual({ free: 9, held: 0 })
}, 40_000)

test('a shop adds, prices, restocks, withdraws and lists', async () => {
  const SOUK_TOKEN = await openShop('loom')
  const sell = (...args: string[]) => souk(['sell', ...args, '--json'], { SOUK_TOKEN })
  const [made] = linesOf(await sell('add', 'Linen', 'cloth', '--price', '12.50', '-n', '4', '--category', 'home'))
  expect(made).toMatchObject({ title: 'Linen cloth', status: 'published', published: 4, priceFromCents: '1250' })
  expect(linesOf(await sell('price', 'linen', 'cloth', '9.90'))).toMatchObject([{ priceFromCents: '990' }])
  expect(linesOf(await sell('restock', 'linen', '-n', '3'))).toMatchObject([{ onHand: 7 }])
  expect(linesOf(await sell('withdraw', 'linen', '-n', '2'))).toMatchObject([{ onHand: 5 }])
  expect(linesOf(await sell('list'))).toMatchObject([{ title: 'Linen cloth', status: 'published' }])
  expect(linesOf(await sell('withdraw', 'linen', '--all'))).toMatchObject([{ status: 'archived' }])

  const unknown = await sell('restock', 'linnen', 'clot', '-n', '1')
  expect(unknown.code).toBe(2)
  const words = await souk(['sell', 'restock', 'linnen', 'clot', '-n', '1'], { SOUK_TOKEN })
  expect(words.error).toContain('Near to it:\n  linen-cloth')
}, 60_000)

test('an order that was sent is received and reviewed, and what is not said again stays said', async () => {
  const [seller, buyer] = [await openShop('kiln'), await signUp(url, 'cleo')]
  await souk(['sell', 'add', 'Clay jar', '--price', '7', '--category', 'home'], { SOUK_TOKEN: seller })
  const [order] = linesOf(await souk(['buy', 'clay jar', '--yes', '--json', ...ADDRESS], { SOUK_TOKEN: buyer }))
  const number = String(order?.number)
  const early = await souk(['orders', 'receive', number, '--json'], { SOUK_TOKEN: buyer })
  expect(early.code).toBe(1)
  const review = (...thumbs: string[]) => souk(['orders', 'review', number, ...thumbs, '--json'], { SOUK_TOKEN: buyer })
  const unseen = await review('--up')
  expect([unseen.code, JSON.parse(unseen.error)]).toMatchObject([1, { code: 'not-received' }])
  const api = createClient(url, { authorization: `Bearer ${seller}` })
  const listed = await call(api.seller.orders.$get({ query: {} }))
  const id = listed.ok ? (listed.value.items[0]?.id ?? '') : ''
  expect(await call(api.seller.orders[':id'].ship.$post({ param: { id }, json: {} }))).toMatchObject({ ok: true })
  const received = await souk(['orders', 'receive', number, '--json'], { SOUK_TOKEN: buyer })
  expect(linesOf(received)).toMatchObject([{ number, status: 'delivered' }])

  const first = { item: 'up', seller: 'down', text: 'It has a lid.' }
  const said = await review('--up', '--shop', 'down', '--text', first.text)
  expect(linesOf(said)).toMatchObject([{ canReview: true, review: first }])
  expect(linesOf(await review('--down'))).toMatchObject([{ review: { ...first, item: 'down' } }])
  const shop = await call(api.sellers[':handle'].reviews.$get({ param: { handle: 'kiln' }, query: {} }))
  expect(shop).toMatchObject({ value: { items: [{ item: 'down', seller: 'down' }], sellerRating: { up: 0, down: 1 } } })
  expect(await review('--up', '--down')).toMatchObject({ code: 2, out: '' })
  expect(await review('--shop', 'sideways')).toMatchObject({ code: 2, out: '' })
}, 60_000)

test('a file is tried and imported; refused rows are told by their line and end with 1', async () => {
  const SOUK_TOKEN = await openShop('press')
  const file = join(home, 'products.csv')
  const rows = ['Handle,Title,Variant Price,Status', 'red-cap,Red cap,9.00,active', 'blue-cap,Blue cap,much,active']
  await writeFile(file, `${rows.join('\n')}\n`)
  const tried = await souk(['import', file, '--dry-run', '--json'], { SOUK_TOKEN })
  expect(linesOf(tried)).toMatchObject([{ id: null, products: 1 }])
  expect(linesOf(await souk(['sell', 'list', '--json'], { SOUK_TOKEN }))).toEqual([])
  const done = await souk(['import', file], { SOUK_TOKEN })
  expect(done.out).toMatch(/^ *3 +refused +/m)
  expect(done.code).toBe(1)
  expect(linesOf(await souk(['sell', 'list', '--json'], { SOUK_TOKEN }))).toMatchObject([{ title: 'Red cap' }])
}, 60_000)

test('what is called wrongly, or by nobody, or at no market, ends with 2 and a sentence', async () => {
  const { slug } = await makeItem('Last straw', 1)
  const SOUK_TOKEN = await signUp(url, 'dan')
  const wrong = async (args: string[], sentence: string, more: Record<string, string> = { SOUK_TOKEN }) => {
    const ran = await souk(args, more)
    expect(ran).toMatchObject({ code: 2, out: '' })
    expect(ran.error).toContain(sentence)
  }
  await wrong(['buy', slug, '--quantiy', '3', '--yes'], 'There is no option --quantiy.')
  await wrong(['buy', slug, '-n', 'two', '--yes'], '-n two does not do')
  await wrong(['buy', slug], 'Nobody can be asked here: say --yes to buy.')
  await wrong(['buy', slug, '--yes', '--name', 'Ada'], 'say --street, --postal-code, --city, --country.')
  await wrong(['buy', 'no-such-thing', '--yes'], 'There is no item "no-such-thing" on sale')
  await wrong(['cart', 'upend'], 'souk cart cannot upend')
  await wrong(['chekc'], 'There is no command chekc.')
  await wrong(['cart'], 'Nobody is signed in to', { SOUK_TOKEN: '' })
  await wrong(['cart'], 'does not know who this is', { SOUK_TOKEN: 'none' })
  await wrong(['check', '--url', 'http://127.0.0.1:9'], 'http://127.0.0.1:9 cannot be reached.')
  await wrong(['check', '--url', 'nonsense'], 'nonsense is not the address of a market')
}, 60_000)

test('every command teaches itself with --help, and asks no market for it', async () => {
  const all = (await souk(['--help'])).out
  const names = [...all.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name = '']) => name)
  expect(names.length).toBeGreaterThanOrEqual(15)
  for (const name of names) {
    const { code, out } = await souk([name, '--help'], { SOUK_URL: 'http://127.0.0.1:9' })
    expect({ name, code }).toEqual({ name, code: 0 })
    expect(out).toMatch(new RegExp(`^souk ${name}`))
  }
}, 60_000)
