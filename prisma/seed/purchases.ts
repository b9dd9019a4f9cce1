import { openCart, setLine } from '#lib/cart/commands'
import { prisma } from '#lib/db'
import { placeOrder } from '#lib/orders/commands/place-order'
import { getQuote } from '#lib/orders/queries/quote'
import { orderInput } from '#lib/orders/schema'

export interface Purchase {
  readonly buyer: 'lena' | 'omar'
  /** SKU and number of pieces. */
  readonly lines: readonly (readonly [sku: string, quantity: number])[]
}

/** What the buyers have bought before anybody visits: each shop has sold something. */
export const purchases: readonly Purchase[] = [
  {
    buyer: 'lena',
    lines: [
      ['KK-MUG-LILAC', 2],
      ['TR-HONEY-450', 1],
      ['SS-LANTERN-M', 1],
    ],
  },
  {
    buyer: 'lena',
    lines: [
      ['PK-KITE-D', 1],
      ['PK-BEAR-16', 1],
    ],
  },
  {
    buyer: 'omar',
    lines: [
      ['WW-BOOT-42', 1],
      ['WW-SOCK-40', 3],
      ['SL-COMP-E', 1],
    ],
  },
]

const ADDRESSES = {
  lena: { name: 'Lena Vogt', line1: 'Gartenstraße 12', postalCode: '20144', city: 'Hamburg', country: 'DE' },
  omar: { name: 'Omar Reyes', line1: 'Calle de la Palma 41', postalCode: '28004', city: 'Madrid', country: 'ES' },
} as const

/** Buys with the sandbox's card that always pays. What a seed before this one bought is not bought again. */
export async function makePurchases(buyerIds: ReadonlyMap<string, string>): Promise<void> {
  for (const buyer of ['lena', 'omar'] as const) {
    const buyerId = buyerIds.get(buyer)
    if (!buyerId) throw new Error(`${buyer} has no account.`)
    const done = await prisma().order.count({ where: { buyerId, status: 'paid' } })
    const theirs = purchases.filter((purchase) => purchase.buyer === buyer)
    for (const purchase of theirs.slice(done)) await buy(buyerId, purchase)
  }
}

async function buy(buyerId: string, { buyer, lines }: Purchase): Promise<void> {
  const cartId = await openCart({ buyerId, cartId: null })
  for (const [sku, quantity] of lines) {
    const { id: variantId } = await prisma().variant.findFirstOrThrow({ where: { sku }, select: { id: true } })
    const held = await setLine({ cartId, buyerId, variantId, quantity })
    if (!held.ok) throw new Error(`${buyer} cannot hold ${sku}: ${held.refusal.code}`)
  }
  const to = { country: ADDRESSES[buyer].country, methodIds: [], ownSellerId: null }
  const quote = await getQuote(buyerId, to)
  if (!quote.ok) throw new Error(`${buyer} cannot order: ${quote.refusal.code}`)
  const now = new Date()
  const input = orderInput.parse({
    address: ADDRESSES[buyer],
    card: {
      number: '4242424242424242',
      name: ADDRESSES[buyer].name,
      expiry: `12/${(now.getFullYear() + 3) % 100}`,
      cvc: '123',
    },
    expectedTotalCents: quote.value.totalCents,
  })
  const placed = await placeOrder({
    buyerId,
    sellerId: null,
    key: crypto.randomUUID(),
    input,
    now,
    provider: 'sandbox',
  })
  if (!placed.ok) throw new Error(`${buyer} cannot order: ${placed.refusal.code}`)
}
