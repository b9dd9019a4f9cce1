import { readTimeCursor, writeCursor } from '#lib/catalog/rules/product'
import { db, prisma } from '#lib/db'
import { isId } from '#lib/ids'
import type { Prisma } from '#prisma/client'
import type { SellerOrderStatus } from '#prisma/enums'
import { costsOf } from '../rules/costs.ts'
import { NO_PROGRESS } from '../rules/progress.ts'
import type { Address, SellerOrderListView, SellerOrderView } from '../schema.ts'
import type { Progress } from '../schema/progress.ts'
import type { LineRow } from '../types.ts'
import { readAllProgress } from './progress.ts'

/** A shop's orders in one status. Drafts are not the shop's yet. */
const scopeOf = (sellerId: string, status?: SellerOrderStatus) =>
  ({ sellerId, order: { status: 'paid' }, ...(status ? { status } : {}) }) satisfies Prisma.SellerOrderWhereInput

/** What a seller order's view is made of. */
export const sellerOrderInclude = {
  order: { select: { number: true, address: true, buyer: { select: { name: true } } } },
  lines: { orderBy: { id: 'asc' }, include: { product: { select: { slug: true } } } },
} satisfies Prisma.SellerOrderInclude

type Row = Prisma.SellerOrderGetPayload<{ include: typeof sellerOrderInclude }>

/**
 * A shop's part of paid orders, 20 at a time unless told otherwise: newest first, but of those to be sent the one that waits longest.
 * Guarantees: what leaves the status between two pages, because it was sent, takes no other order with it.
 */
export async function listSellerOrders(
  sellerId: string,
  {
    cursor,
    status,
    limit = 20,
  }: { cursor?: string | undefined; status?: SellerOrderStatus | undefined; limit?: number } = {},
): Promise<SellerOrderListView> {
  const direction = status === 'paid' ? 'asc' : 'desc'
  const place = readTimeCursor(cursor)
  const rows = await prisma().sellerOrder.findMany({
    where: { ...scopeOf(sellerId, status), ...(place ? behind(place, direction) : {}) },
    orderBy: [{ createdAt: direction }, { id: direction }],
    take: limit + 1,
    include: sellerOrderInclude,
  })
  const shown = rows.slice(0, limit)
  const items = await viewsOf(shown)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return { items, nextCursor: last ? writeCursor({ key: last.createdAt.toISOString(), id: last.id }) : null }
}

/** One of a shop's orders; null when there is none, it is another's, or it is not paid. */
export async function getSellerOrder(id: string, sellerId: string): Promise<SellerOrderView | null> {
  if (!isId(id)) return null
  const row = await prisma().sellerOrder.findFirst({ where: { id, ...scopeOf(sellerId) }, include: sellerOrderInclude })
  const [view] = row ? await viewsOf([row]) : []
  return view ?? null
}

/** How many paid orders a shop has in each status, and in all. Index: seller_order_seller_id_created_at_idx. */
export async function countSellerOrders(
  sellerId: string,
): Promise<Partial<Record<SellerOrderStatus, number>> & { readonly all: number }> {
  const groups = await prisma().sellerOrder.groupBy({
    by: ['status'],
    where: scopeOf(sellerId),
    _count: true,
  })
  const all = groups.reduce((sum, group) => sum + group._count, 0)
  return { ...Object.fromEntries(groups.map((group) => [group.status, group._count])), all }
}

/**
 * What comes after a place in the list's order, whether or not what stood there is still in it. The first condition says nothing
 * new, but it is one that the index can begin at.
 */
function behind({ before: createdAt, id }: { before: Date; id: string }, direction: 'asc' | 'desc') {
  const further = direction === 'asc' ? 'gt' : 'lt'
  return {
    createdAt: { [`${further}e`]: createdAt },
    OR: [{ createdAt: { [further]: createdAt } }, { id: { [further]: id } }],
  } satisfies Prisma.SellerOrderWhereInput
}

/** The views of rows, in their order, with what happened to them. */
export async function viewsOf(rows: readonly Row[]): Promise<SellerOrderView[]> {
  const progress = await readAllProgress(
    db,
    rows.map((row) => row.id),
  )
  return rows.map((row) => viewOf(row, progress.get(row.id) ?? NO_PROGRESS))
}

function viewOf(row: Row, progress: Progress): SellerOrderView {
  return {
    id: row.id,
    number: row.order.number,
    status: row.status,
    createdAt: row.createdAt.toISOString(),
    buyerName: row.order.buyer.name,
    // Written by PREPARE from the parsed input, and by nothing else.
    address: row.order.address as Address,
    totalCents: row.totalCents.toString(),
    ...costsOf(row.lines.map(lineOf), row.shippingMethod),
    ...progress,
  }
}

function lineOf(line: Row['lines'][number]): LineRow {
  const { id, kind, productId, title, optionValues, pictureId, quantity, taxBps, isTaxIncluded, refundedQuantity } =
    line
  return {
    ...{ id, kind, productId, title, optionValues, pictureId, quantity, taxBps, isTaxIncluded, refundedQuantity },
    slug: line.product?.slug ?? null,
    unitPriceCents: line.unitPriceCents.toString(),
    totalCents: line.totalCents.toString(),
    taxCents: line.taxCents.toString(),
    refundedCents: line.refundedCents.toString(),
  }
}
