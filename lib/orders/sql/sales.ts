import { sql } from '#lib/db'
import type { SalesDay } from '../rules/sales.ts'

/**
 * A shop's sales of the last so many days (UTC), a row for each day, oldest first; what was cancelled or refunded is out.
 * A day before them is read too, for orders drafted before midnight and paid after. Index: seller_order_seller_id_created_at_idx.
 */
export const sumSalesByDay = (sellerId: string, days: number) => sql<SalesDay>`
  with today as (
    select date_trunc('day', now() at time zone 'UTC') as day
  ), sale as (
    select date_trunc('day', "order".paid_at at time zone 'UTC') as day, part.total_cents
    from seller_order as part
    join "order" on "order".id = part.order_id
    where part.seller_id = ${sellerId}
      and part.created_at >= now() - (${days} + 1) * interval '1 day'
      and "order".status = 'paid'
      and part.status not in ('cancelled', 'refunded')
  )
  select to_char(calendar.day, 'YYYY-MM-DD') as day, coalesce(sum(sale.total_cents), 0)::bigint as "totalCents",
         count(sale.day)::int as count
  from today
  cross join generate_series(today.day - (${days} - 1) * interval '1 day', today.day, interval '1 day') as calendar (day)
  left join sale on sale.day = calendar.day
  group by calendar.day
  order by calendar.day`
