import { readTimeCursor, writeCursor } from '#lib/catalog/rules/product'
import { db, prisma } from '#lib/db'
import { auditLedger, type LedgerAudit } from '#lib/ledger/queries'
import type { LedgerBreach } from '#lib/ledger/sql'
import type { Prisma } from '#prisma/client'
import { readAllProgress } from './queries/progress.ts'
import { orderViewOf } from './rules/answer.ts'
import { summarize } from './rules/sales.ts'
import type { Address, OrderListView, OrderView, SalesSummaryView } from './schema.ts'
import {
  listUnevenEscrow,
  listUnevenOrders,
  listUnevenPayouts,
  listUnevenSales,
  listUnevenShares,
  type OrderBreach,
} from './sql/audit.ts'
import { readOrders } from './sql/order.ts'
import { sumSalesByDay } from './sql/sales.ts'

const newestFirst = [{ createdAt: 'desc' as const }, { id: 'desc' as const }]

/** A buyer's order by its number; null when there is none or it is another's. */
export async function getOrder(number: string, buyerId: string): Promise<OrderView | null> {
  const order = await prisma().order.findFirst({ where: { number, buyerId }, select: { id: true } })
  const [view] = order ? await viewsOf([order.id]) : []
  return view ?? null
}

/**
 * What a buyer ordered, newest first, 20 at a time unless told otherwise; drafts that came to nothing are left out.
 * Guarantees: an order that comes to nothing, or comes in, between two pages moves no other one.
 */
export async function listOrders(
  buyerId: string,
  { cursor, limit = 20 }: { cursor?: string | undefined; limit?: number } = {},
): Promise<OrderListView> {
  const place = readTimeCursor(cursor)
  const rows = await prisma().order.findMany({
    where: { buyerId, status: { not: 'released' }, ...(place ? olderThan(place) : {}) },
    orderBy: newestFirst,
    take: limit + 1,
    select: { id: true, createdAt: true },
  })
  const shown = rows.slice(0, limit)
  const items = await viewsOf(shown.map((row) => row.id))
  const last = rows.length > limit ? shown.at(-1) : undefined
  return { items, nextCursor: last ? writeCursor({ key: last.createdAt.toISOString(), id: last.id }) : null }
}

/** The first condition says nothing new, but it is one that the index can begin at. */
function olderThan({ before, id }: { before: Date; id: string }) {
  return {
    createdAt: { lte: before },
    OR: [{ createdAt: { lt: before } }, { id: { lt: id } }],
  } satisfies Prisma.OrderWhereInput
}

/** The views in the order of the ids. The statement is the one that a placed order is answered with: same bytes. */
async function viewsOf(ids: readonly string[]): Promise<OrderView[]> {
  if (ids.length === 0) return []
  const rows = new Map((await db.run(readOrders(ids))).map((row) => [row.id, row]))
  const progress = await readAllProgress(
    db,
    [...rows.values()].flatMap((row) => row.sellerOrders.map((part) => part.id)),
  )
  return ids.flatMap((id) => {
    const row = rows.get(id)
    return row ? [orderViewOf(row, progress)] : []
  })
}

/** Where the buyer's newest paid order was sent, so that it need not be typed again; null before the first. */
export async function getLastAddress(buyerId: string): Promise<Address | null> {
  const order = await prisma().order.findFirst({
    where: { buyerId, status: 'paid' },
    orderBy: newestFirst,
    select: { address: true },
  })
  // Written by PREPARE from the parsed input, and by nothing else.
  return order ? (order.address as Address) : null
}

/** What a shop sold today, in the last seven days, and on each of the last 14. Days are UTC, the database's clock. */
export async function getSalesSummary(sellerId: string): Promise<SalesSummaryView> {
  const daily = await db.run(sumSalesByDay(sellerId, 14))
  const { today, week } = summarize(daily)
  return {
    todayCents: today.cents.toString(),
    todayCount: today.count,
    weekCents: week.cents.toString(),
    weekCount: week.count,
    daily: daily.map((day) => ({ ...day, totalCents: day.totalCents.toString() })),
  }
}

/** What the audit of money looked at, and what of it does not add up. */
export interface MoneyAudit extends Pick<LedgerAudit, 'accounts'> {
  readonly breaches: readonly (OrderBreach | LedgerBreach)[]
}

/**
 * Proves that every journal entry sums to nothing, that balances are what was posted, that each paid order is in the ledger
 * once and whole, that it is the sum of its parts, and that what is in escrow, on its way back and on its way out is what it has to be,
 * and that of every settled line seller, market and taxman got what is theirs.
 * May be asked while the market is busy.
 */
export async function auditMoney(): Promise<MoneyAudit> {
  const statements = [
    listUnevenOrders(),
    listUnevenSales(),
    listUnevenEscrow(),
    listUnevenShares(),
    listUnevenPayouts(),
  ]
  const [ledger, ...orders] = await Promise.all([auditLedger(), ...statements.map((statement) => db.run(statement))])
  return { accounts: ledger.accounts, breaches: [...ledger.breaches, ...orders.flat()] }
}
