import { autocomplete, confirm, select, text } from '@clack/prompts'
import type { OwnProductCardView } from '#lib/catalog/schema'
import { formatMoney, parseAmount } from '#lib/money'
import { leftOf, priceWords } from '../check.ts'
import { adjust, findOwn, pagesOfOwn, putOnSale, requireShop, setPrice, takeOffSale } from '../market/own.ts'
import { must, type Market } from '../market.ts'
import { ownWords } from '../sell.ts'
import { refused } from '../terminal/failure.ts'
import { clean } from '../terminal/text.ts'
import { chooseVersion } from './live-list.ts'
import type { Visit } from './visit.ts'

/** What a seller does with the shop's products. */
export async function runShop(visit: Visit): Promise<void> {
  const market = await visit.asMember()
  const shop = await requireShop(market)
  const what = await visit.ask<keyof typeof DEEDS>((asking) =>
    select({
      ...asking,
      message: `${clean(shop.name)}: what is to be done?`,
      options: [
        { value: 'list', label: 'List', hint: 'what the shop has' },
        { value: 'add', label: 'Add', hint: 'put something on sale' },
        { value: 'price', label: 'Price', hint: 'change what something costs' },
        { value: 'restock', label: 'Restock', hint: 'add pieces' },
        { value: 'withdraw', label: 'Withdraw', hint: 'take something off sale' },
      ],
    }),
  )
  await DEEDS[what](visit, market)
}

const DEEDS = { list, add, price, restock, withdraw }

async function list(visit: Visit, market: Market): Promise<void> {
  visit.say(ownWords(await readOwn(market)))
}

async function add(visit: Visit, market: Market): Promise<void> {
  const { categories } = await must(market, market.api.categories.$get())
  const title = await askText(visit, 'What is it called?', (value) =>
    value.length < 2 ? 'At least 2 characters.' : undefined,
  )
  const categorySlug = await visit.ask<string>((asking) =>
    autocomplete({
      ...asking,
      message: 'In which category?',
      maxItems: 12,
      options: categories.map(({ slug, name }) => ({ value: slug, label: clean(name) })),
    }),
  )
  const cents = await askAmount(visit)
  const quantity = await askPieces(visit, 'How many pieces?')
  const said = { title, categorySlug, condition: 'new' as const, description: '', keywords: [] }
  const made = await putOnSale(market, { ...said, priceCents: cents.toString(), quantity })
  visit.say(`On sale: ${made.published} × ${clean(made.title)} at ${priceWords(made)}.`)
}

async function price(visit: Visit, market: Market): Promise<void> {
  const product = await chooseOwn(visit, market)
  const variant = await chooseVersion(visit, product)
  const cents = await askAmount(visit)
  await setPrice(market, product, variant.id, cents)
  visit.say(`${clean(product.title)} costs ${formatMoney(cents)} now.`)
}

async function restock(visit: Visit, market: Market): Promise<void> {
  const product = await chooseOwn(visit, market)
  const variant = await chooseVersion(visit, product)
  const stock = await adjust(market, variant.id, await askPieces(visit, 'How many more?'))
  visit.say(`${clean(product.title)}: ${stock.available} free of ${stock.onHand}.`)
}

async function withdraw(visit: Visit, market: Market): Promise<void> {
  const product = await chooseOwn(visit, market)
  const message = `Take ${clean(product.title)} off sale?`
  if (!(await visit.ask<boolean>((asking) => confirm({ ...asking, message, initialValue: false })))) return
  await takeOffSale(market, product.id)
  visit.say(`${clean(product.title)} is off sale.`)
}

async function chooseOwn(visit: Visit, market: Market) {
  const own = await readOwn(market)
  if (own.length === 0) throw refused({ code: 'unknown-item', message: 'Your shop has nothing yet.' })
  const options = own.map((item) => ({
    value: item.id,
    label: `${clean(item.title)}  ${priceWords(item)}  ${leftOf(item.stock)} free`,
  }))
  const id = await visit.ask<string>((asking) =>
    autocomplete({
      ...asking,
      message: 'Which one?',
      maxItems: 12,
      options,
      validate: (value) => (value ? undefined : 'Your shop has nothing of that name: change what you typed.'),
    }),
  )
  return findOwn(market, id)
}

async function readOwn(market: Market): Promise<OwnProductCardView[]> {
  const all: OwnProductCardView[] = []
  for await (const items of pagesOfOwn(market)) all.push(...items)
  return all.filter(({ status }) => status !== 'archived')
}

async function askAmount(visit: Visit): Promise<bigint> {
  const typed = await askText(visit, 'What does one cost?', (value) =>
    parseAmount(value) === null ? 'Say the amount as 12.50.' : undefined,
  )
  return parseAmount(typed) ?? 0n
}

async function askPieces(visit: Visit, message: string): Promise<number> {
  const fault = (value: string) =>
    /^[1-9]\d{0,4}$/.test(value) ? undefined : 'Say how many, as a whole number from 1.'
  return Number(await askText(visit, message, fault))
}

function askText({ ask }: Visit, message: string, fault: (value: string) => string | undefined): Promise<string> {
  return ask<string>((asking) => text({ ...asking, message, validate: (value) => fault(value ?? '') }))
}
