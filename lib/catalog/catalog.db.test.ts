import { expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { newId, newSecret } from '#lib/ids'
import { hold } from '#lib/inventory/commands/hold'
import { placeOrder } from '#lib/orders/commands/place-order'
import { listImbalances, makeCart, makeMember, makeSeller } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { createProduct } from './commands/create-product.ts'
import { editProduct, setPictures, setVariants } from './commands/edit-product.ts'
import { archiveProduct, publishProduct } from './commands/publish-product.ts'
import { getOwnProduct, getProduct, listOwnProducts, listPrices, listProducts } from './queries.ts'
import { productChange, productInput, variantsInput } from './schema.ts'

await useTestDatabase()

const three = ['Size', 'Colour', 'Wood']
const oak = { optionValues: ['S', 'Red', 'Oak'], priceCents: '1000', quantity: 3 }
const elm = { optionValues: ['M', 'Red', 'Elm'], sku: 'ELM', priceCents: '1500', compareAtCents: '2000', quantity: 2 }

interface Actor {
  readonly sellerId: string
  readonly actorId: string
}

async function newActor(): Promise<Actor> {
  const { sellerId, userId } = await makeSeller()
  return { sellerId, actorId: userId }
}

function create(actor: Actor, over: object = {}) {
  const input = { title: 'A chair', categorySlug: 'home', variants: [{ priceCents: '1000', quantity: 5 }], ...over }
  return createProduct({ ...actor, input: productInput.parse(input) })
}

/** A product of a seller of its own: its id, and what every edit of it names. */
async function makeProduct(over: object = {}, actor?: Actor) {
  const owner = actor ?? (await newActor())
  return { ...owner, ...taken(await create(owner, over)) }
}

function taken<T>(result: { ok: true; value: T } | { ok: false; refusal: { code: string } }): T {
  if (!result.ok) throw new Error(result.refusal.code)
  return result.value
}

function codeOf(result: { ok: boolean; refusal?: { code: string } }) {
  return result.refusal?.code ?? 'taken'
}

async function viewOf({ sellerId, productId }: { sellerId: string; productId: string }) {
  const view = await getOwnProduct(sellerId, productId)
  if (!view) throw new Error('There is no such product.')
  return view
}

async function tryHold(variantId: string, quantity = 1, cartId?: string) {
  return codeOf(await hold({ cartId: cartId ?? (await makeCart()), variantId, quantity }))
}

async function makePicture(ownerId: string): Promise<string> {
  const id = newId()
  await db.run(sql`insert into picture (id, owner_id, width, height) values (${id}, ${ownerId}, 100, 100)`)
  return id
}

function movementsOf(productId: string) {
  return db.run(sql`
    select delta, reason, actor_id as "actorId"
    from stock_movement
    join variant on variant.id = stock_movement.variant_id
    where product_id = ${productId}
    order by position, stock_movement.id`)
}

test('a new product is a draft with its versions, three options and first stock, seen by its seller alone', async () => {
  const actor = await newActor()
  const picture = await makePicture(actor.actorId)
  const texts = { title: 'Oak chair', description: 'Old.', keywords: ['oak'], condition: 'good' }
  const product = await makeProduct(
    { ...texts, optionNames: three, variants: [oak, elm], pictures: [{ id: picture, alt: 'It' }], cap: 2 },
    actor,
  )
  const view = await viewOf(product)
  expect(view).toMatchObject({ ...texts, status: 'draft', optionNames: three, cap: 2, priceFromCents: '1000' })
  expect(view.variants).toMatchObject([{ optionValues: oak.optionValues, sku: null }, { sku: 'ELM' }])
  expect(view.variants[1]).toMatchObject({ priceCents: '1500', compareAtCents: '2000' })
  expect(view.pictures).toEqual([{ id: picture, width: 100, height: 100, alt: 'It' }])
  expect(view.stock.map((each) => [each.onHand, each.onSale]).sort()).toEqual([
    [2, false],
    [3, false],
  ])
  const { actorId } = actor
  expect(await movementsOf(product.productId)).toEqual([
    { delta: 3, reason: 'deposit', actorId },
    { delta: 2, reason: 'deposit', actorId },
  ])
  expect(await getProduct(product.slug)).toBeNull()
  expect((await listProducts({ sellerId: actor.sellerId, limit: 10 })).items).toEqual([])
  expect((await listOwnProducts(actor.sellerId)).items).toMatchObject([{ id: product.productId, variantCount: 2 }])
})

test('products of one title get addresses of their own, also when they are made at once', async () => {
  const title = `Chair ${newSecret(8).toLowerCase()}`
  const made = await Promise.all(Array.from({ length: 4 }, () => makeProduct({ title })))
  const slugs = made.map((product) => product.slug)
  const plain = title.toLowerCase().replace(' ', '-')
  expect(slugs).toContain(plain)
  expect(new Set(slugs).size).toBe(4)
  expect(slugs.every((slug) => slug.startsWith(plain))).toBe(true)
})

test.each([
  ['unknown-category', { categorySlug: 'nowhere' }],
  ['option-names-twice', { optionNames: ['Size', 'size '], variants: [{ optionValues: ['S', 'M'], priceCents: '1' }] }],
  ['option-values-missing', { optionNames: ['Size'], variants: [{ optionValues: [], priceCents: '1' }] }],
  ['versions-alike', { optionNames: three, variants: [oak, { ...oak, optionValues: ['s', 'RED', 'oak'] }] }],
])('a product is refused whole: %s', async (code, over) => {
  const actor = await newActor()
  expect(codeOf(await create(actor, over))).toBe(code)
  expect((await listOwnProducts(actor.sellerId)).items).toEqual([])
})

test('a fourth option is refused before anything is asked of the database', () => {
  const input = { title: 'A chair', categorySlug: 'home', optionNames: [...three, 'Age'], variants: [oak] }
  expect(productInput.safeParse(input).error?.issues[0]?.path).toEqual(['optionNames'])
})

test('a picture is its uploader’s, and shown once on a product', async () => {
  const product = await makeProduct()
  const own = { id: await makePicture(product.actorId), alt: '' }
  const foreign = { id: await makePicture((await makeMember()).userId), alt: '' }
  expect(codeOf(await setPictures({ ...product, pictures: [own, foreign] }))).toBe('not-your-picture')
  expect(codeOf(await setPictures({ ...product, pictures: [own, own] }))).toBe('picture-twice')
  expect(codeOf(await create(product, { pictures: [foreign] }))).toBe('not-your-picture')
  expect((await viewOf(product)).pictures).toEqual([])
  const second = { id: await makePicture(product.actorId), alt: 'Behind' }
  taken(await setPictures({ ...product, pictures: [own, second] }))
  taken(await setPictures({ ...product, pictures: [second, own] }))
  expect((await viewOf(product)).pictures.map((picture) => picture.id)).toEqual([second.id, own.id])
})

test('an edit changes what it names, keeps the rest and the address, and raises the revision', async () => {
  const product = await makeProduct({ title: 'A chair', description: 'Old.', keywords: ['oak'] })
  const before = await viewOf(product)
  const edit = (change: object) => editProduct({ ...product, change: productChange.parse(change) })
  expect(codeOf(await edit({ categorySlug: 'nowhere', title: 'Never' }))).toBe('unknown-category')
  taken(await edit({ title: 'A stool', cap: 2 }))
  const after = await viewOf(product)
  expect(after).toMatchObject({ title: 'A stool', cap: 2, description: 'Old.', keywords: ['oak'], slug: before.slug })
  expect(after.revision).toBe(before.revision + 1)
})

test('to anyone but its seller a product is not there, whatever they try', async () => {
  const product = await makeProduct()
  const before = await viewOf(product)
  const other = { ...(await newActor()), productId: product.productId }
  const variants = variantsInput.parse({ variants: [{ priceCents: '1' }] })
  const tries = [
    editProduct({ ...other, change: productChange.parse({ title: 'Mine now' }) }),
    setVariants({ ...other, input: variants }),
    setPictures({ ...other, pictures: [] }),
    publishProduct(other),
    archiveProduct(other),
  ]
  expect((await Promise.all(tries)).map(codeOf)).toEqual(Array(5).fill('not-found'))
  expect(await getOwnProduct(other.sellerId, product.productId)).toBeNull()
  expect(await viewOf(product)).toEqual(before)
})

test('publishing puts the stock on sale, archiving takes it off; what a cart holds stays held', async () => {
  const product = await makeProduct()
  const variantId = (await viewOf(product)).variants[0]?.id ?? ''
  expect(await tryHold(variantId)).toBe('not-on-sale')
  taken(await publishProduct(product))
  expect(await getProduct(product.slug)).toMatchObject({ id: product.productId })
  expect((await listProducts({ sellerId: product.sellerId, limit: 10 })).items).toHaveLength(1)
  const cartId = await makeCart()
  expect(await tryHold(variantId, 2, cartId)).toBe('taken')
  taken(await archiveProduct(product))
  expect(await tryHold(variantId)).toBe('not-on-sale')
  expect((await listProducts({ sellerId: product.sellerId, limit: 10 })).items).toEqual([])
  const view = await viewOf(product)
  expect(view).toMatchObject({ status: 'archived', stock: [{ onHand: 5, available: 3, onSale: false }] })
  expect(await db.run(sql`select state, quantity from hold where cart_id = ${cartId}`)).toEqual([
    { state: 'held', quantity: 2 },
  ])
  // Who looks at the address of what was on sale still finds it.
  expect(await getProduct(product.slug)).toMatchObject({ id: product.productId })
  expect(await listImbalances()).toEqual([])
})

test('what a draft will cost is its seller’s alone; once it is published everyone is told', async () => {
  const product = await makeProduct()
  const { productId } = product
  expect(await listPrices([productId])).toEqual([])
  const { revision } = taken(await publishProduct(product))
  expect(await listPrices([productId])).toMatchObject([
    { productId, priceCents: '1000', compareAtCents: null, version: revision },
  ])
})

test('nothing is on sale for nothing', async () => {
  const product = await makeProduct({ variants: [{ priceCents: '0', quantity: 1 }] })
  expect(codeOf(await publishProduct(product))).toBe('no-price')
  const [{ id = '' } = {}] = (await viewOf(product)).variants
  const priced = (priceCents: string) => variantsInput.parse({ variants: [{ id, priceCents }] })
  taken(await setVariants({ ...product, input: priced('500') }))
  taken(await publishProduct(product))
  expect(codeOf(await setVariants({ ...product, input: priced('0') }))).toBe('no-price')
})

test('a drop is published and opens at its moment; the cap holds from then on', async () => {
  const opensAt = new Date(Date.now() + 3_600_000).toISOString()
  const product = await makeProduct({ opensAt, cap: 1 })
  taken(await publishProduct(product))
  const variantId = (await viewOf(product)).variants[0]?.id ?? ''
  expect(await tryHold(variantId)).toBe('not-open-yet')
  taken(await editProduct({ ...product, change: productChange.parse({ opensAt: null }) }))
  expect(await tryHold(variantId, 2)).toBe('over-cap')
  expect(await tryHold(variantId)).toBe('taken')
})

test('a version that was sold is retired and not deleted: its order shows it, and nobody can hold it', async () => {
  const product = await makeProduct({ optionNames: three, variants: [oak, elm] })
  taken(await publishProduct(product))
  const [sold = '', kept = ''] = (await viewOf(product)).variants.map((variant) => variant.id)
  const order = await buy(sold)
  const keeps = { id: kept, ...elm, priceCents: '1800' }
  const added = { optionValues: ['L', 'Red', 'Ash'], priceCents: '2500', quantity: 4 }
  taken(await setVariants({ ...product, input: variantsInput.parse({ optionNames: three, variants: [keeps, added] }) }))
  const view = await viewOf(product)
  expect(view.variants).toMatchObject([{ id: kept, priceCents: '1800' }, { optionValues: added.optionValues }])
  expect(await db.run(sql`select retired_at is not null as retired from variant where id = ${sold}`)).toEqual([
    { retired: true },
  ])
  expect(order.lines).toEqual(
    await db.run(sql`
      select variant_id as "variantId", quantity
      from order_line
      join "order" on "order".id = order_line.order_id
      where number = ${order.number}`),
  )
  const fresh = view.variants[1]?.id ?? ''
  expect([await tryHold(sold), await tryHold(kept), await tryHold(fresh)]).toEqual(['not-on-sale', 'taken', 'taken'])
  // On sale again, the retired one stays off.
  taken(await archiveProduct(product))
  taken(await publishProduct(product))
  expect([await tryHold(sold), await tryHold(kept)]).toEqual(['not-on-sale', 'taken'])
  expect(await listImbalances()).toEqual([])
})

test('a set of versions with one of another product, a retired one or one named twice changes nothing', async () => {
  const product = await makeProduct({ optionNames: three, variants: [oak, elm] })
  const other = await makeProduct({}, product)
  const [first = '', second = ''] = (await viewOf(product)).variants.map((variant) => variant.id)
  const foreign = (await viewOf(other)).variants[0]?.id ?? ''
  const put = (...variants: object[]) =>
    setVariants({ ...product, input: variantsInput.parse({ optionNames: three, variants }) })
  taken(await put({ id: second, ...elm }))
  const before = await viewOf(product)
  const named = [
    [{ id: foreign, ...oak }],
    [{ id: first, ...oak }],
    [
      { id: second, ...oak },
      { id: second, ...elm },
    ],
  ]
  for (const variants of named) expect(codeOf(await put(...variants))).toBe('foreign-version')
  expect(await viewOf(product)).toEqual(before)
})

/** Buys one piece, and says what the order holds. */
async function buy(variantId: string) {
  const { userId: buyerId } = await makeMember()
  const cartId = await makeCart(buyerId)
  expect(await tryHold(variantId, 1, cartId)).toBe('taken')
  const address = { name: 'Ada', line1: 'Lane 1', line2: '', postalCode: '10115', city: 'Berlin', country: 'DE' }
  const card = { number: '4242424242424242', name: 'Ada', expiry: '01/40', cvc: '123' }
  const input = { address, card, expectedTotalCents: '1000' }
  const answer = taken(await placeOrder({ buyerId, sellerId: null, key: newSecret(), input, now: new Date() }))
  const { number } = JSON.parse(answer.body) as { number: string }
  return { number, lines: [{ variantId, quantity: 1 }] }
}
