import { prisma } from '#lib/db'
import { isId } from '#lib/ids'
import { getAccountSums, listPaidByDay } from '#lib/ledger/queries/market'
import type { MarketMoneyView, MarketOrderView } from '../schema/market.ts'
import { sellerOrderInclude, viewsOf } from './seller-orders.ts'

const SHOWN = 50
const DAYS = 14
const include = { ...sellerOrderInclude, seller: { select: { name: true, handle: true } } }

/** Where all money is now, and what buyers paid lately. For those who look after the market. */
export async function getMarketMoney(): Promise<MarketMoneyView> {
  const [sums, daily] = await Promise.all([getAccountSums(), listPaidByDay(DAYS)])
  return {
    escrowCents: sums.escrow.toString(),
    sellersCents: sums.seller.toString(),
    commissionCents: sums.commission.toString(),
    taxCents: sums.tax.toString(),
    refundingCents: sums.refunding.toString(),
    payingOutCents: sums.paying_out.toString(),
    daily: daily.map((day) => ({ ...day, totalCents: day.totalCents.toString() })),
  }
}

/** How many complaints are open. */
export function countDisputes(): Promise<number> {
  return prisma().sellerOrder.count({ where: { status: 'disputed' } })
}

/** Open complaints of all shops, the longest waiting first: 50 at most. */
export async function listDisputes(): Promise<MarketOrderView[]> {
  const rows = await prisma().sellerOrder.findMany({
    where: { status: 'disputed' },
    orderBy: [{ disputedAt: 'asc' }, { id: 'asc' }],
    take: SHOWN,
    include,
  })
  const views = await viewsOf(rows)
  return views.flatMap((view, index) => {
    const seller = rows[index]?.seller
    return seller ? [{ ...view, seller }] : []
  })
}

/** A paid seller order of any shop, for those who look after the market; null when there is none. */
export async function getMarketOrder(id: string): Promise<MarketOrderView | null> {
  if (!isId(id)) return null
  const row = await prisma().sellerOrder.findFirst({ where: { id, order: { status: 'paid' } }, include })
  const [view] = row ? await viewsOf([row]) : []
  return row && view ? { ...view, seller: row.seller } : null
}
