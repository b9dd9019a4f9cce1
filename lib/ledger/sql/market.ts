import { sql } from '#lib/db'
import type { Cents } from '#lib/money'

/**
 * What buyers paid on each of the last so many days (UTC), a row for each day, oldest first, and in how many orders; refunds are
 * not taken off. Ids of entries begin with the time of their making, to a second or so, so that older ones need not be read.
 * Index: journal_entry_pkey, posting_pkey.
 */
export const sumPaidByDay = (currency: string, days: number) => sql<{
  day: string
  totalCents: Cents
  count: number
}>`
  with today as (
    select date_trunc('day', now() at time zone 'UTC') as day
  ), paid as (
    select date_trunc('day', entry.created_at at time zone 'UTC') as day, posting.amount_cents, entry.id
    from journal_entry as entry
    join posting on posting.entry_id = entry.id
    join account on account.id = posting.account_id
    where entry.kind = 'sale'
      and entry.created_at >= now() - (${days} + 1) * interval '1 day'
      and entry.id >= (lpad(to_hex(extract(epoch from now() - (${days} + 2) * interval '1 day')::bigint * 1000),
                            12, '0') || repeat('0', 20))::uuid
      and account.kind = 'escrow'
      and account.currency = ${currency}
  )
  select to_char(calendar.day, 'YYYY-MM-DD') as day, coalesce(sum(paid.amount_cents), 0)::bigint as "totalCents",
         count(distinct paid.id)::int as count
  from today
  cross join generate_series(today.day - (${days} - 1) * interval '1 day', today.day, interval '1 day') as calendar (day)
  left join paid on paid.day = calendar.day
  group by calendar.day
  order by calendar.day`
