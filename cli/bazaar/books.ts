import { db, sql } from '#lib/db'
import type { Cents } from '#lib/money'
import { listStaleWrites } from '#lib/trader/sql/payout'

/** What there was in all bazaars so far. */
export interface Totals {
  readonly sales: number
  readonly salesCents: Cents
  readonly commissionCents: Cents
  readonly payouts: number
  readonly payoutsCents: Cents
}

export async function readTotals(): Promise<Totals> {
  const [row] = await db.run(sql<Totals>`
    select sales.*, payouts.*,
           (select coalesce(sum(amount_cents), 0)::bigint
            from posting
            join account on account.id = posting.account_id and account.kind = 'commission') as "commissionCents"
    from (select count(*)::int as sales, coalesce(sum(total_cents), 0)::bigint as "salesCents"
          from "order"
          where status = 'paid') as sales
    cross join (select count(*)::int as payouts, coalesce(sum(amount_cents), 0)::bigint as "payoutsCents"
                from payout
                where status = 'paid') as payouts`)
  if (!row) throw new Error('Nothing was counted.')
  return row
}

/** What is still to happen: orders on their way to the buyer, and money on its way to the sellers. */
export async function readOpen(): Promise<{ orders: number; money: number }> {
  const [row] = await db.run(sql<{ orders: number; money: number }>`
    select (select count(*)::int from "order" where status = 'pending')
             + (select count(*)::int from seller_order where status in ('paid', 'shipped'))
             + (select count(*)::int from refund where status = 'pending') as orders,
           (select count(*)::int from seller_order where status = 'delivered')
             + (select count(*)::int from payout where status = 'pending')
             + (select count(*)::int
                from account_balance as balance
                join account on account.id = balance.account_id and account.kind = 'seller'
                where balance.balance_cents > 0) as money`)
  return row ?? { orders: 0, money: 0 }
}

/**
 * The payouts against the provider's books: transfers that no payout accounts for, and payouts that came to no transfer, each to
 * the cent and the seller.
 */
export async function comparePayouts(): Promise<{ duplicates: number; missing: number }> {
  const [row] = await db.run(sql<{ duplicates: number; missing: number }>`
    select count(*) filter (where payout.id is null)::int as duplicates,
           count(*) filter (where transfer.key is null)::int as missing
    from (select * from payout where status = 'paid') as payout
    full join sandbox_transfer as transfer
      on transfer.key = payout.provider_key and transfer.amount_cents = payout.amount_cents
     and transfer.seller_account = payout.seller_account
    where payout.id is null or transfer.key is null`)
  return row ?? { duplicates: 0, missing: 0 }
}

/** What turns after that epoch wrote when the next had begun, and how often the fence kept one out. */
export async function countStale(afterEpoch: number): Promise<{ written: number; refused: number }> {
  const payouts = await db.run(listStaleWrites())
  const [row] = await db.run(sql<{ probes: number; refused: number }>`
    select (select count(*)::int
            from bazaar_probe as probe
            join trader_term as next on next.epoch = probe.epoch + 1 and next.began_at < probe.at) as probes,
           (select coalesce(sum(refused), 0)::int from trader_term where epoch > ${afterEpoch}) as refused`)
  return { written: payouts.length + (row?.probes ?? 0), refused: row?.refused ?? 0 }
}
