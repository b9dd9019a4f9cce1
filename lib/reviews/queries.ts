import { db, prisma } from '#lib/db'
import { isId } from '#lib/ids'
import { mayReview, percentUp, shortName } from './rules.ts'
import type {
  BoughtLineView,
  MarketReviewsView,
  MarketReviewView,
  OwnReviewsView,
  ProductReviewsView,
  RatingView,
  ReviewView,
  SellerRatingView,
  ShopReviewsView,
  ShopReviewView,
} from './schema.ts'
import { listUnevenRatings, countReviews, type RatingBreach } from './sql/audit.ts'
import {
  listBought,
  listForOrder,
  listForShop,
  listOfMarket,
  listOfProduct,
  listOfShop,
  type BoughtRow,
  type MarketRow,
  type ShopRow,
  type ShownRow,
} from './sql/list.ts'
import { readProductRating, readSellerRating, type RatingRow } from './sql/rating.ts'

export interface PageQuery {
  readonly cursor?: string | undefined
  readonly limit: number
}

/**
 * A page of what is said about a product, newest first, with what it comes to; null where there is no such product.
 * Guarantees: the list is at least as new as the version beside it, so that whoever hears of a higher one has to read again.
 */
export async function listProductReviews(slug: string, query: PageQuery): Promise<ProductReviewsView | null> {
  const product = await prisma().product.findFirst({
    where: { OR: [{ slug }, ...(isId(slug) ? [{ id: slug }] : [])], publishedAt: { not: null } },
    select: { id: true, sellerId: true },
  })
  if (!product) return null
  const sellerRating = await getSellerRating(product.sellerId)
  const [rows, [rating]] = await Promise.all([
    db.run(listOfProduct(product.id, query.cursor ?? null, query.limit + 1)),
    db.run(readProductRating(product.id)),
  ])
  return { ...pageOf(rows, query.limit, reviewOf), rating: ratingOf(rating), sellerRating }
}

/** The same of a shop and everything it sold; null where there is no such shop. */
export async function listShopReviews(handle: string, query: PageQuery): Promise<ShopReviewsView | null> {
  const sellerId = await findShop(handle)
  if (!sellerId) return null
  const sellerRating = await getSellerRating(sellerId)
  const rows = await db.run(listOfShop(sellerId, query.cursor ?? null, query.limit + 1))
  return { ...pageOf(rows, query.limit, reviewOf), sellerRating }
}

/** The same for the shop itself: which order each is about, and what is hidden from everyone else. */
export async function listOwnReviews(sellerId: string, query: PageQuery): Promise<OwnReviewsView> {
  const sellerRating = await getSellerRating(sellerId)
  const rows = await db.run(listForShop(sellerId, query.cursor ?? null, query.limit + 1))
  return { ...pageOf(rows, query.limit, shopReviewOf), sellerRating }
}

/** The same of all shops, for those who look after the market: whose shop each is about, and what is hidden. */
export async function listMarketReviews(query: PageQuery): Promise<MarketReviewsView> {
  return pageOf(await db.run(listOfMarket(query.cursor ?? null, query.limit + 1)), query.limit, marketReviewOf)
}

/** What is said about one of the shop's seller orders. */
export async function listReviewsOfOrder(sellerId: string, sellerOrderId: string): Promise<ShopReviewView[]> {
  return (await db.run(listForOrder(sellerId, sellerOrderId))).map(shopReviewOf)
}

/** What a shop's reviews come to; none and version 0 before the first. */
export async function getSellerRating(sellerId: string): Promise<SellerRatingView> {
  const [row] = await db.run(readSellerRating(sellerId))
  return { sellerId, ...ratingOf(row) }
}

/** The same by the shop's handle; null where there is no such shop. */
export async function getRatingOfShop(handle: string): Promise<SellerRatingView | null> {
  const sellerId = await findShop(handle)
  return sellerId ? getSellerRating(sellerId) : null
}

/** The goods of a buyer's paid order, and what the buyer says about them; null where there is no such order. */
export async function getOrderReviews(buyerId: string, number: string): Promise<{ lines: BoughtLineView[] } | null> {
  const rows = await db.run(listBought(buyerId, [number]))
  return rows.length > 0 ? { lines: rows.map(boughtOf) } : null
}

/** Of a buyer's orders those with something that has arrived and about which nothing is said yet. */
export async function listUnreviewed(buyerId: string, numbers: readonly string[]): Promise<Set<string>> {
  const rows = numbers.length > 0 ? await db.run(listBought(buyerId, numbers)) : []
  return new Set(rows.filter((row) => row.reviewId === null && mayReview(row).ok).map((row) => row.number))
}

export interface ReviewAudit {
  readonly reviews: number
  readonly breaches: readonly RatingBreach[]
}

/** Proves that every rating is the count of the reviews that are shown. May be asked while the market is busy. */
export async function auditReviews(): Promise<ReviewAudit> {
  const [[row], breaches] = await Promise.all([db.run(countReviews()), db.run(listUnevenRatings())])
  return { reviews: row?.reviews ?? 0, breaches }
}

async function findShop(handle: string): Promise<string | null> {
  const shop = await prisma().seller.findUnique({ where: { handle: handle.toLowerCase() }, select: { id: true } })
  return shop?.id ?? null
}

function pageOf<Row extends { id: string }, View>(rows: readonly Row[], limit: number, viewOf: (row: Row) => View) {
  const shown = rows.slice(0, limit)
  return { items: shown.map(viewOf), nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null }
}

function ratingOf({ up, down, version }: RatingRow = { up: 0, down: 0, version: 0 }): RatingView {
  return { up, down, percentUp: percentUp({ up, down }), version }
}

function reviewOf(row: ShownRow): ReviewView {
  const { id, buyerName, productId, slug, title, item, seller, text } = row
  return {
    id,
    by: shortName(buyerName),
    product: { id: productId, slug, title },
    item,
    seller,
    text,
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    answer: answerOf(row),
  }
}

function shopReviewOf(row: ShopRow): ShopReviewView {
  return { ...reviewOf(row), number: row.number, sellerOrderId: row.sellerOrderId, hidden: hiddenOf(row) }
}

function marketReviewOf(row: MarketRow): MarketReviewView {
  return { ...reviewOf(row), shop: { name: row.shopName, handle: row.handle }, hidden: hiddenOf(row) }
}

function boughtOf(row: BoughtRow): BoughtLineView {
  const { lineId, item, seller, text, createdAt, editedAt } = row
  if (!createdAt) return { lineId, canReview: mayReview(row).ok, review: null }
  const at = { createdAt: createdAt.toISOString(), editedAt: editedAt?.toISOString() ?? null }
  const review = { item, seller, text: text ?? '', ...at, answer: answerOf(row), hidden: hiddenOf(row) }
  return { lineId, canReview: row.hiddenAt === null, review }
}

function answerOf({ answer, answeredAt }: Pick<ShownRow, 'answer' | 'answeredAt'>) {
  return answer !== null && answeredAt ? { text: answer, at: answeredAt.toISOString() } : null
}

function hiddenOf({ hiddenAt, hiddenReason }: { hiddenAt: Date | null; hiddenReason: string | null }) {
  return hiddenAt && hiddenReason !== null ? { at: hiddenAt.toISOString(), reason: hiddenReason } : null
}
