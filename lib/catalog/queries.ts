import { db, prisma } from '#lib/db'
import { getPieces, listStock } from '#lib/inventory/queries'
import type { PriceState, StockState } from '#lib/live/events'
import { readPriceCursor, readTimeCursor, writeCursor } from './rules/product.ts'
import type {
  CategoryView,
  DropView,
  OwnProductListView,
  OwnProductView,
  ProductCardView,
  ProductListView,
  ProductSort,
  ProductStatus,
  ProductView,
  ShopView,
} from './schema.ts'
import { CARD, cardOf, ownCardOf, ownViewOf, PAGE, pageOf } from './rules/views.ts'
import { readPrices } from './sql/product.ts'
import { listByPrice, listDropIds, listNewest, readCategories, readCategoryNames, readShops } from './sql/list.ts'

export interface ProductQuery {
  readonly category?: string | undefined
  readonly sellerId?: string | undefined
  readonly sellerHandle?: string | undefined
  readonly sort?: ProductSort | undefined
  /** One that we did not give out, or that belongs to another sort, is read as the beginning. */
  readonly cursor?: string | null | undefined
  readonly limit: number
}

/** A page of published products. Four statements, however many products it shows. */
export async function listProducts(query: ProductQuery): Promise<ProductListView> {
  const rows = await listPlaces(query)
  const shown = rows.slice(0, query.limit)
  const items = await listCards(shown.map((row) => row.id))
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  return { items, nextCursor: last ? writeCursor(last) : null }
}

async function listPlaces(query: ProductQuery): Promise<{ key: string; id: string }[]> {
  const filter = {
    category: query.category ?? null,
    sellerId: query.sellerId ?? null,
    sellerHandle: query.sellerHandle ?? null,
    limit: query.limit + 1,
  }
  const { sort = 'newest', cursor } = query
  if (sort === 'newest') {
    const rows = await db.run(listNewest(filter, readTimeCursor(cursor)))
    return rows.map((row) => ({ id: row.id, key: row.key.toISOString() }))
  }
  const rows = await db.run(listByPrice(filter, sort === 'price-asc' ? 1 : -1, readPriceCursor(cursor)))
  return rows.map((row) => ({ id: row.id, key: row.key.toString() }))
}

/** The drops that open soon, and those that opened within a day: the next first. */
export async function listDrops(limit = 6): Promise<DropView[]> {
  const ids = (await db.run(listDropIds(limit))).map((row) => row.id)
  const [cards, pieces] = await Promise.all([listCards(ids), getPieces(ids)])
  return cards.map((card) => ({ ...card, pieces: pieces.get(card.id) ?? 0 }))
}

/** Every category in its order, with how much it holds. One statement. */
export function listCategories(): Promise<CategoryView[]> {
  return db.run(readCategories())
}

/** What the categories are called, in their order: for what names them and shows nothing of them. */
export function listCategoryNames(): Promise<{ slug: string; name: string }[]> {
  return db.run(readCategoryNames())
}

/** The shops with most products, each with a few of its pictures. One statement. */
export function listShops(limit: number): Promise<ShopView[]> {
  return db.run(readShops(limit))
}

/** A product by its address, also one that was taken off sale; null when it was never published. */
export function getProduct(slug: string): Promise<ProductView | null> {
  return findProduct({ slug })
}

/** The same by its id, for programs: the id stays when the address changes. */
export function getProductById(id: string): Promise<ProductView | null> {
  return findProduct({ id })
}

async function findProduct(where: { slug: string } | { id: string }): Promise<ProductView | null> {
  const row = await prisma().product.findFirst({
    where: { ...where, status: { not: 'draft' }, publishedAt: { not: null } },
    select: PAGE,
  })
  return row ? pageOf(row, await listStock({ productIds: [row.id] })) : null
}

/** What the versions of products cost, as browsers see it. One statement. */
export async function listPrices(productIds: readonly string[]): Promise<PriceState[]> {
  const rows = await db.run(readPrices(productIds))
  return rows.map((row) => ({
    ...row,
    priceCents: row.priceCents.toString(),
    compareAtCents: row.compareAtCents?.toString() ?? null,
  }))
}

/** A seller's own products, the newest first, 50 at a time unless told otherwise. */
export async function listOwnProducts(
  sellerId: string,
  {
    status,
    cursor,
    limit = 50,
  }: { status?: ProductStatus | undefined; cursor?: string | null | undefined; limit?: number } = {},
): Promise<OwnProductListView> {
  const place = readTimeCursor(cursor)
  const rows = await prisma().product.findMany({
    where: {
      sellerId,
      ...(status ? { status } : {}),
      ...(place
        ? { OR: [{ createdAt: { lt: place.before } }, { createdAt: place.before, id: { lt: place.id } }] }
        : {}),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
    select: CARD,
  })
  const shown = rows.slice(0, limit)
  const stock = await stockByProduct(shown.map((row) => row.id))
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    items: shown.map((row) => ownCardOf(row, stock.get(row.id) ?? [])),
    nextCursor: last ? writeCursor({ key: last.createdAt.toISOString(), id: last.id }) : null,
  }
}

/** One of a seller's own products; null when there is none or it is another's. */
export async function getOwnProduct(sellerId: string, id: string): Promise<OwnProductView | null> {
  const row = await prisma().product.findFirst({ where: { id, sellerId }, select: PAGE })
  if (!row) return null
  const [stock, capped] = await Promise.all([
    listStock({ productIds: [id] }),
    prisma().stock.findFirst({ where: { productId: id, cap: { not: null } }, select: { cap: true } }),
  ])
  return ownViewOf(row, stock, capped?.cap ?? null)
}

/** The cards in the order of the ids; there is none for an id that no product has. */
export async function listCards(ids: readonly string[]): Promise<ProductCardView[]> {
  if (ids.length === 0) return []
  const [rows, stock] = await Promise.all([
    prisma().product.findMany({ where: { id: { in: [...ids] } }, select: CARD }),
    stockByProduct(ids),
  ])
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    return row ? [cardOf(row, stock.get(id) ?? [])] : []
  })
}

async function stockByProduct(productIds: readonly string[]): Promise<Map<string, StockState[]>> {
  return Map.groupBy(await listStock({ productIds }), (state) => state.productId)
}
