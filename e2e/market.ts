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
