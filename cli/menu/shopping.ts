import { text } from '@clack/prompts'
import { emitKeypressEvents, type Key } from 'node:readline'
import type { ProductView } from '#lib/catalog/schema'
import { checkOthers, holdPieces, settle } from '../buy.ts'
import { readCart } from '../cart.ts'
import { leftOf } from '../check.ts'
import { readDelivery } from '../market/delivery.ts'
import { openHolds } from '../market/holds.ts'
import { listNear, optionOf } from '../market/item.ts'
import { findProducts, must } from '../market.ts'
import { formatMoney } from '#lib/money'
import { Left } from '../terminal/failure.ts'
import { clean } from '../terminal/text.ts'
import { happeningsOf } from '../watch/happenings.ts'
import { hearProducts } from '../watch/line.ts'
import { wordsOf } from '../watch/words.ts'
import { chooseFrom, chooseVersion, LIST_MOST, withLiveCounts } from './live-list.ts'
import type { Visit } from './visit.ts'

/** Looks something up and shows all that is known of it. */
export async function checkItem(visit: Visit): Promise<void> {
  const { title, description, variants, stock, seller, slug, condition } = await chooseProduct(visit)
  const lines = variants.map((variant) => {
    const state = stock.find(({ variantId }) => variantId === variant.id)
    const name = optionOf(variant)
    return `${name ? `${name}: ` : ''}${formatMoney(BigInt(variant.priceCents))}, ${state?.available ?? 0} left, ${state ? state.onHand - state.available : 0} held`
  })
  const about = clean(description)
  visit.say(
    [
      `${clean(title)} (${condition.replace('_', ' ')}), by ${clean(seller.name)}`,
      ...lines,
      ...(about ? [about.length > 240 ? `${about.slice(0, 239)}…` : about] : []),
      `${visit.market.origin}/products/${slug}`,
    ].join('\n'),
  )
}

/** Prints what happens to a product until somebody presses a key. */
export async function watchItem(visit: Visit): Promise<void> {
  const product = await chooseProduct(visit)
  const over = new AbortController()
  visit.say(`${clean(product.title)}. Any key goes back to the menu.`)
  const hearing = hearProducts({
    origin: visit.market.origin,
    productIds: [product.id],
    signal: over.signal,
    onMessage: (message) => {
      for (const each of happeningsOf(message)) console.log(wordsOf(each, product.variants, new Date()))
    },
  })
  const key = await Promise.race([pressedKey(), hearing]).finally(() => over.abort())
  await hearing
  if (key?.ctrl && key.name === 'c') throw new Left('ctrl-c')
}

/** From the search to the order. What was held goes back when somebody leaves on the way. */
export async function buyItem(visit: Visit): Promise<void> {
  const market = await visit.asMember()
  const product = await chooseProduct(visit)
  const variant = await chooseVersion(visit, product)
  const quantity = await askQuantity(visit, product, variant.id)
  const cart = await readCart(market)
  checkOthers(cart, variant.id, false)
  const holds = openHolds(market, visit)
  try {
    await holdPieces(holds, cart, { product, variant }, quantity)
    const delivery = await readDelivery({}, visit.screen, visit.ask)
    const order = await settle(market, visit, holds, { delivery, isSure: false, ask: visit.ask })
    visit.say(`Bought: order ${order.number}.`)
  } catch (error) {
    await holds.release()
    throw error
  }
}

function askQuantity(visit: Visit, product: ProductView, variantId: string): Promise<number> {
  const own = { ...product, stock: product.stock.filter((each) => each.variantId === variantId) }
  return withLiveCounts(visit.market, [own], async (counts) => {
    const left = () => leftOf(counts.stockOf(own))
    const typed = await visit.ask<string>((asking) =>
      text({
        ...asking,
        placeholder: '1',
        defaultValue: '1',
        validate: (value) =>
          /^([1-9]\d{0,2})?$/.test(value ?? '') ? undefined : 'Say how many, as a whole number from 1.',
        get message() {
          return `How many? (${left()} left)`
        },
      }),
    )
    return Number(typed)
  })
}

/** The product that somebody searches for and chooses; a name that there is not is said so, with what is near. */
async function chooseProduct(visit: Visit): Promise<ProductView> {
  const { market, ask } = visit
  for (;;) {
    const words = await ask<string>((asking) =>
      text({
        ...asking,
        message: 'What are you looking for?',
        placeholder: 'some words; nothing for the newest',
        defaultValue: '',
      }),
    )
    const { items, nextCursor } = await findProducts(market, { words, limit: LIST_MOST })
    if (items.length === 0) {
      const near = words ? await listNear(market, words) : []
      const hint = near.length > 0 ? ` Near to it: ${near.map(({ title }) => clean(title)).join(', ')}.` : ''
      visit.say(`There is no "${clean(words)}" on sale at ${market.origin}.${hint}`)
      continue
    }
    const count = nextCursor ? `The first ${items.length} of more` : `${items.length} on sale`
    const chosen = await chooseFrom(visit, items, `${count}. Which one?`)
    if (chosen) return must(market, market.api.products[':slug'].$get({ param: { slug: chosen.slug } }))
  }
}

/** The next key that is pressed. */
function pressedKey(): Promise<Key> {
  const { promise, resolve } = Promise.withResolvers<Key>()
  emitKeypressEvents(process.stdin)
  process.stdin.setRawMode(true)
  process.stdin.resume()
  process.stdin.once('keypress', (_: string | undefined, key: Key) => resolve(key))
  return promise.finally(() => {
    process.stdin.setRawMode(false)
    process.stdin.pause()
  })
}
