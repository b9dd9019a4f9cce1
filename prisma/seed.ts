import { createAccount } from '#lib/auth/commands/accounts'
import { createProduct } from '#lib/catalog/commands/create-product'
import { publishProduct } from '#lib/catalog/commands/publish-product'
import { productInput } from '#lib/catalog/schema'
import { endPools, prisma } from '#lib/db'
import { savePicture } from '#lib/media/commands'
import type { Result } from '#lib/result'
import { becomeSeller, setShipping } from '#lib/sellers/commands'
import { shippingInput } from '#lib/sellers/schema'
import { MINUTE_MS } from '#lib/time'
import { openDarkroom, type Darkroom } from './seed/darkroom.ts'
import { leaveFeedback } from './seed/feedback.ts'
import type { LookName } from './seed/looks.ts'
import { buyers, DEMO_PASSWORD, shops } from './seed/market.ts'
import { hasPictures } from './seed/pictures.ts'
import { makePurchases } from './seed/purchases.ts'
import type { SeedPicture, SeedProduct, SeedShop } from './seed/types.ts'

/** Whom to sign in as after the seed. */
export const demoAccounts: readonly { login: string; password: string; what: string }[] = [
  ...buyers.map(({ handle, name }) => ({ login: handle, password: DEMO_PASSWORD, what: `${name}, buyer` })),
  ...shops.map(({ owner, name }) => ({ login: owner.handle, password: DEMO_PASSWORD, what: `${owner.name}, ${name}` })),
]

export type Progress = (done: number, total: number, what: string) => void

/**
 * Makes the demo market in the database of DATABASE_URL and the folder of DATA_DIR, through the same commands as
 * everyone: it obeys the rules.
 * Guarantees: started again after it died half way, it goes on with what is missing; on a whole market it changes nothing.
 */
export async function seed(progress: Progress): Promise<void> {
  const total = buyers.length + shops.length + shops.flatMap((shop) => shop.products).length + 2
  let done = 0
  const step = (what: string) => progress(++done, total, what)
  const darkroom = hasPictures() ? openDarkroom() : null
  if (!darkroom)
    progress(0, total, 'Without pictures: @lobehub/fluent-emoji-3d is not installed (it comes with npm install)')
  try {
    const buyerIds = new Map<string, string>()
    for (const buyer of buyers) {
      buyerIds.set(buyer.handle, await ensureAccount(buyer))
      step(buyer.name)
    }
    const opened = await twoAtOnce(shops, async (shop) => {
      const opened = await ensureShop(shop, darkroom)
      step(shop.name)
      return opened
    })
    await twoAtOnce(inTurns(opened), async ({ shop, product }) => {
      await ensureProduct(shop, product, darkroom)
      step(product.title)
    })
    await makePurchases(buyerIds)
    step('First orders')
    await leaveFeedback(buyerIds)
    step('What buyers say')
  } finally {
    darkroom?.close()
  }
}

interface OpenShop {
  readonly sellerId: string
  readonly userId: string
  readonly look: LookName
  readonly products: readonly SeedProduct[]
}

async function ensureAccount(person: { name: string; handle: string; email: string }): Promise<string> {
  const known = await prisma().user.findUnique({ where: { handle: person.handle }, select: { id: true } })
  if (known) return known.id
  const { name, handle, email } = person
  return must(handle, await createAccount({ name, handle, email, password: DEMO_PASSWORD })).userId
}

async function ensureShop(shop: SeedShop, darkroom: Darkroom | null): Promise<OpenShop> {
  const { name, handle, about, look, products } = shop
  const userId = await ensureAccount(shop.owner)
  const known = await prisma().seller.findUnique({ where: { userId }, select: { id: true } })
  if (known) return { sellerId: known.id, userId, look, products }
  const pictureId = darkroom ? await hang(darkroom, shop.picture, look, userId) : null
  const { sellerId } = must(handle, await becomeSeller({ userId, name, handle, about, pictureId }))
  await setShipping(sellerId, shippingInput.parse({ methods: shop.shipping ?? [] }))
  return { sellerId, userId, look, products }
}

async function ensureProduct(shop: OpenShop, product: SeedProduct, darkroom: Darkroom | null): Promise<void> {
  const { sellerId, userId } = shop
  const known = await prisma().product.findFirst({
    where: { sellerId, title: product.title },
    select: { id: true, status: true },
  })
  if (known && known.status !== 'draft') return
  const productId = known?.id ?? (await listProduct(shop, product, darkroom))
  must(product.title, await publishProduct({ sellerId, actorId: userId, productId }))
}

async function listProduct(shop: OpenShop, product: SeedProduct, darkroom: Darkroom | null): Promise<string> {
  const pictures: { id: string; alt: string }[] = []
  for (const picture of darkroom ? product.pictures : []) {
    if (darkroom) pictures.push({ id: await hang(darkroom, picture, shop.look, shop.userId), alt: picture.alt })
  }
  const {
    title,
    description,
    category,
    condition = 'new',
    keywords,
    options = [],
    opensInMinutes,
    cap = null,
  } = product
  const input = productInput.parse({
    title,
    description,
    categorySlug: category,
    condition,
    keywords,
    optionNames: options,
    variants: product.variants.map((variant) => ({
      optionValues: variant.values ?? [],
      sku: variant.sku,
      priceCents: String(variant.priceCents),
      compareAtCents: variant.compareAtCents === undefined ? null : String(variant.compareAtCents),
      quantity: variant.stock,
    })),
    pictures,
    opensAt: opensInMinutes === undefined ? null : new Date(Date.now() + opensInMinutes * MINUTE_MS).toISOString(),
    cap,
  })
  return must(title, await createProduct({ sellerId: shop.sellerId, actorId: shop.userId, input })).productId
}

/** Takes the picture and puts it up for its owner; the answer is its id. */
async function hang(darkroom: Darkroom, picture: SeedPicture, look: LookName, ownerId: string): Promise<string> {
  const bytes = await darkroom.take(picture, look)
  return must(picture.alt, await savePicture({ ownerId, bytes })).id
}

/** The last product of each shop, then the one before: the newest, which pages show first, are everybody's first. */
function inTurns(opened: readonly OpenShop[]): { shop: OpenShop; product: SeedProduct }[] {
  const entries = opened.flatMap((shop) => shop.products.map((product, place) => ({ shop, product, place })))
  return entries.sort((a, b) => b.place - a.place)
}

/** Works on the items in order, two at a time: one picture is taken while another is stored. */
async function twoAtOnce<Item, Done>(items: readonly Item[], work: (item: Item) => Promise<Done>): Promise<Done[]> {
  const results: Done[] = []
  const queue = items.entries()
  const take = async () => {
    for (const [index, item] of queue) results[index] = await work(item)
  }
  await Promise.all([take(), take()])
  return results
}

/** A seed that its own market refuses is a bug. */
function must<T, Code extends string>(what: string, result: Result<T, Code>): T {
  if (!result.ok) throw new Error(`The seed was refused at “${what}”: ${result.refusal.code}`)
  return result.value
}

if (import.meta.main) {
  await seed((done, total, what) => console.log(`${String(done).padStart(3)}/${total} ${what}`))
  await endPools()
}
