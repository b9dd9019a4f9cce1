import { sql } from '#lib/db'
import type { Cents } from '#lib/money'
import type { Posted } from '../rules/trace.ts'

/** A posting of a seller's account, when it was made, and what others got of the same money. */
export interface StatementRow extends Posted {
  readonly at: Date
}

/** Where a page of a statement begins: before or after this posting. */
export interface PostingKey {
  readonly entryId: string
  readonly number: number
}

/** Whose account, and from when (inclusive) until when (exclusive). */
export interface StatementSpan {
  readonly ownerId: string
  readonly currency: string
  readonly since: Date
  readonly until: Date
}

/**
 * Postings of a seller's account, oldest first, after a posting of it. Ids of entries rise with time, so that no page sorts more
 * than itself. Index: posting_account_id_entry_id_idx, of the others' shares posting_source_id_idx.
 */
export const listPostings = ({ ownerId, currency, since, until }: StatementSpan, after: PostingKey, most: number) =>
  sql<StatementRow>`
  select posting.entry_id as "entryId", posting.number, entry.kind, entry.subject_id as "subjectId", entry.created_at as at,
         posting.source_id as "sourceId", posting.amount_cents as "netCents", others.commission as "commissionCents",
         others.tax as "taxCents"
  from account
  join posting on posting.account_id = account.id
  join journal_entry as entry on entry.id = posting.entry_id
  cross join lateral (
    select coalesce(sum(part.amount_cents) filter (where whose.kind = 'commission'), 0)::bigint as commission,
           coalesce(sum(part.amount_cents) filter (where whose.kind = 'tax'), 0)::bigint as tax
    from posting as part
    join account as whose on whose.id = part.account_id
    where part.source_id = posting.source_id and part.entry_id = posting.entry_id
  ) as others
  where account.kind = 'seller'
    and account.owner_id = ${ownerId}
    and account.currency = ${currency}
    and entry.created_at >= ${since}
    and entry.created_at < ${until}
    and (posting.entry_id, posting.number) > (${after.entryId}::uuid, ${after.number}::int)
  order by posting.entry_id, posting.number
  limit ${most}`

/** The balance before a span and after it, and before the first posting that a page leaves out. */
interface Sums {
  readonly openingCents: Cents
  readonly closingCents: Cents
  readonly carriedCents: Cents
}

/**
 * The same, newest first, before a posting; with sums in every row, and one row without a posting where there is none. One
 * statement sees one moment, so that rows and sums agree. The sums read the account up to the end of the span.
 */
export const readStatement = (span: StatementSpan, before: PostingKey, most: number) => sql<
  Sums & { [Key in keyof StatementRow]: StatementRow[Key] | null }
>`
  with posted as not materialized (
    select posting.entry_id, posting.number, entry.kind, entry.subject_id, entry.created_at, posting.source_id,
           posting.amount_cents
    from account
    join posting on posting.account_id = account.id
    join journal_entry as entry on entry.id = posting.entry_id
    where account.kind = 'seller'
      and account.owner_id = ${span.ownerId}
      and account.currency = ${span.currency}
      and entry.created_at < ${span.until}
  ), sums as (
    select coalesce(sum(amount_cents) filter (where created_at < ${span.since}), 0)::bigint as opening,
           coalesce(sum(amount_cents), 0)::bigint as closing,
           coalesce(sum(amount_cents) filter (
             where created_at < ${span.since}
               or (entry_id, number) < (${before.entryId}::uuid, ${before.number}::int)), 0)::bigint as carried
    from posted
  ), page as (
    select *
    from posted
    where created_at >= ${span.since} and (entry_id, number) < (${before.entryId}::uuid, ${before.number}::int)
    order by entry_id desc, number desc
    limit ${most}
  )
  select sums.opening as "openingCents", sums.closing as "closingCents", sums.carried as "carriedCents",
         page.entry_id as "entryId", page.number, page.kind, page.subject_id as "subjectId", page.created_at as at,
         page.source_id as "sourceId", page.amount_cents as "netCents", others.commission as "commissionCents",
         others.tax as "taxCents"
  from sums
  left join page on true
  cross join lateral (
    select coalesce(sum(part.amount_cents) filter (where whose.kind = 'commission'), 0)::bigint as commission,
           coalesce(sum(part.amount_cents) filter (where whose.kind = 'tax'), 0)::bigint as tax
    from posting as part
    join account as whose on whose.id = part.account_id
    where part.source_id = page.source_id and part.entry_id = page.entry_id
  ) as others
  order by page.entry_id desc, page.number desc`

/**
 * What a seller earned on each of the last so many days (UTC), a row for each day, oldest first: sales that became the seller's
 * less what was refunded of such, and of how many sales. What is paid out is earned still. Ids of entries begin with the time
 * of their making, to a second or so, so that older ones need not be read. Index: posting_account_id_entry_id_idx.
 */
export const sumEarningsByDay = (ownerId: string, currency: string, days: number) => sql<{
  day: string
  totalCents: Cents
  count: number
}>`
  with today as (
    select date_trunc('day', now() at time zone 'UTC') as day
  ), earned as (
    select date_trunc('day', entry.created_at at time zone 'UTC') as day, posting.amount_cents, entry.id, entry.kind
    from account
    join posting on posting.account_id = account.id
    join journal_entry as entry on entry.id = posting.entry_id
    where account.kind = 'seller'
      and account.owner_id = ${ownerId}
      and account.currency = ${currency}
      and entry.kind in ('settlement', 'refund', 'refund_failed')
      and entry.created_at >= now() - (${days} + 1) * interval '1 day'
      and posting.entry_id >= (lpad(to_hex(extract(epoch from now() - (${days} + 2) * interval '1 day')::bigint * 1000),
                                    12, '0') || repeat('0', 20))::uuid
  )
  select to_char(calendar.day, 'YYYY-MM-DD') as day, coalesce(sum(earned.amount_cents), 0)::bigint as "totalCents",
         count(distinct earned.id) filter (where earned.kind = 'settlement')::int as count
  from today
  cross join generate_series(today.day - (${days} - 1) * interval '1 day', today.day, interval '1 day') as calendar (day)
  left join earned on earned.day = calendar.day
  group by calendar.day
  order by calendar.day`
