import { db, prisma } from '#lib/db'
import type { SellerView, ShippingView } from './schema.ts'
import { listShipping, readRevisions } from './sql.ts'

/** The shop at a handle; null when there is none. */
export async function getSeller(handle: string): Promise<SellerView | null> {
  return viewOf(await prisma().seller.findUnique({ where: { handle: handle.toLowerCase() }, select: SHOWN }))
}

/** The member's own shop; null when there is none. */
export async function getOwnSeller(userId: string): Promise<SellerView | null> {
  return viewOf(await prisma().seller.findUnique({ where: { userId }, select: SHOWN }))
}

/** The id of the member's shop; null when there is none. */
export async function findSellerId(userId: string): Promise<string | null> {
  const seller = await prisma().seller.findUnique({ where: { userId }, select: { id: true } })
  return seller?.id ?? null
}

/** How a shop sends what it sells. */
export async function getShipping(sellerId: string): Promise<ShippingView> {
  // The revision first: a list that is newer than it is refused, not written over.
  const [now] = await db.run(readRevisions(sellerId))
  const methods = await db.run(listShipping(sellerId))
  return {
    revision: now?.shippingRevision ?? 0,
    methods: methods.map(({ id, name, countries, flatCents, perItemCents, freeOverCents }) => ({
      id,
      name,
      countries: [...countries],
      flatCents: flatCents.toString(),
      perItemCents: perItemCents.toString(),
      freeOverCents: freeOverCents?.toString() ?? null,
    })),
  }
}

const SHOWN = {
  id: true,
  handle: true,
  name: true,
  about: true,
  pictureId: true,
  createdAt: true,
  revision: true,
  _count: { select: { products: { where: { status: 'published' } } } },
} as const

function viewOf(row: SellerRow | null): SellerView | null {
  if (!row) return null
  const { _count, createdAt, ...seller } = row
  return { ...seller, createdAt: createdAt.toISOString(), productCount: _count.products }
}

interface SellerRow {
  id: string
  handle: string
  name: string
  about: string
  pictureId: string | null
  createdAt: Date
  revision: number
  _count: { products: number }
}
