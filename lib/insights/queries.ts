import { db, prisma } from '#lib/db'
import { listStock } from '#lib/inventory/queries'
import type { FeedbackGlanceView, StockGlanceView } from './schema.ts'
import { countFeedback, listScarce, type ScarceRow } from './sql.ts'

/** A browser hears 50 rooms at most; these leave some for the rest of the page. */
const WATCHED = 40

/** A shop's stock in one look: the scarcest products with their counts, and sums of the others. Three statements. */
export async function getStockGlance(sellerId: string): Promise<StockGlanceView> {
  const [rows, counts] = await Promise.all([db.run(listScarce(sellerId)), countProducts(sellerId)])
  const shown = rows.slice(0, WATCHED)
  const stock = Map.groupBy(await listStock({ productIds: shown.map((row) => row.id) }), (state) => state.productId)
  return {
    products: shown.map(({ id, title, pictureId }) => ({ id, title, pictureId, stock: stock.get(id) ?? [] })),
    others: sumOf(rows.slice(WATCHED)),
    counts,
  }
}

/** How many products a shop has in each status. */
export async function countProducts(sellerId: string): Promise<StockGlanceView['counts']> {
  const groups = await prisma().product.groupBy({ by: ['status'], where: { sellerId }, _count: { _all: true } })
  const counts = { draft: 0, published: 0, archived: 0 }
  for (const group of groups) counts[group.status] = group._count._all
  return counts
}

/** How many reviews a shop got lately, and how many it has not answered. One statement. */
export async function getFeedbackGlance(sellerId: string): Promise<FeedbackGlanceView> {
  const [row] = await db.run(countFeedback(sellerId))
  return row ?? { week: 0, unanswered: 0 }
}

function sumOf(rows: readonly ScarceRow[]) {
  const sum = (count: (row: ScarceRow) => number) => rows.reduce((total, row) => total + count(row), 0)
  return { products: rows.length, available: sum((row) => row.available), held: sum((row) => row.held) }
}
