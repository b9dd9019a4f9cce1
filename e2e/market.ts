import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { call } from '#lib/api/client'
import { openShop, unique, type Member } from './fixtures.ts'

export interface Listed {
  readonly productId: string
  readonly variantId: string
  readonly slug: string
  readonly title: string
}

/** A published product of one version, in the member's own shop, through the API as any program would. */
export async function listProduct(
  seller: Member,
  options: { quantity: number; priceCents?: string; title?: string; opensAt?: string },
): Promise<Listed> {
  if (!(await hasShop(seller))) await openShop(seller)
  const title = options.title ?? unique('Copper lamp')
  const created = await call(
    seller.api.products.$post({
      json: {
        title,
        categorySlug: 'home',
        variants: [{ priceCents: options.priceCents ?? '1250', quantity: options.quantity }],
        ...(options.opensAt ? { opensAt: options.opensAt } : {}),
      },
    }),
  )
  if (!created.ok) throw new Error(`The product was refused: ${created.message} ${JSON.stringify(created.fields)}`)
  const { id, slug, variants } = created.value
  const published = await call(seller.api.products[':id'].publish.$post({ param: { id }, query: {} }))
  expect(published, 'publishing').toMatchObject({ ok: true })
  return { productId: id, variantId: variants[0]?.id ?? '', slug, title }
}

async function hasShop(member: Member): Promise<boolean> {
  const answer = await call(member.api.session.$get())
  return answer.ok && answer.value.user?.seller != null
}

/** The count as the database has it this moment. */
export async function stockOf(member: Member, variantId: string) {
  const answer = await call(member.api.stock.$get({ query: { variantId } }))
  if (!answer.ok) throw new Error(answer.message)
  const [state] = answer.value.stock
  if (!state) throw new Error(`No stock for ${variantId}.`)
  return state
}

/** Holds so many pieces and pays for them, as a program would. Returns the number of the order. */
export async function buy(buyer: Member, { variantId }: Listed, quantity: number): Promise<string> {
  const put = buyer.api.cart.lines[':variantId'].$put({ param: { variantId }, json: { quantity } })
  expect(await call(put), 'a hold').toMatchObject({ ok: true })
  const quote = await call(buyer.api.orders.quote.$get({ query: { country: 'DE' } }))
  if (!quote.ok) throw new Error(quote.message)
  const address = { name: 'Buyer', line1: 'Street 1', postalCode: '20144', city: 'Hamburg', country: 'DE' }
  const card = { number: '4242424242424242', name: 'Buyer', expiry: '12/39', cvc: '123' }
  const placed = await call(
    buyer.api.orders.$post({
      header: { 'idempotency-key': randomUUID() },
      json: { address, card, expectedTotalCents: quote.value.totalCents },
    }),
  )
  if (!placed.ok) throw new Error(placed.message)
  return placed.value.number
}
