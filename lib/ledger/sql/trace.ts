import { sql } from '#lib/db'
import type { Cents } from '#lib/money'
import type { Posted } from '../rules/trace.ts'

/** Whose a payout is, and how much; nothing when there is none. Index: journal_entry_kind_subject_id_key. */
export const readPayout = (payoutId: string) => sql<{ ownerId: string; currency: string; amountCents: Cents }>`
  select account.owner_id as "ownerId", account.currency, -posting.amount_cents as "amountCents"
  from journal_entry as entry
  join posting on posting.entry_id = entry.id
  join account on account.id = posting.account_id
  where entry.kind = 'payout' and entry.subject_id = ${payoutId} and account.kind = 'seller'`

/**
 * What is needed to trace a payout, or with null the balance: the postings of a seller's account up to it, from the last payout
 * before it that left nothing behind and did not fail. In the order of their making by the database's clock; a payout comes
 * last in its moment, because it takes what is there. The balance is in every row, and in one without a posting where there
 * is none. Reads the whole account, at one moment.
 */
export const listPostingsToTrace = (ownerId: string, currency: string, payoutId: string | null) => sql<
  { readonly balanceCents: Cents } & { [Key in keyof Posted]: Posted[Key] | null }
>`
  with owned as (
    select account.id, coalesce(balance_cents, 0)::bigint as balance_cents
    from account
    left join account_balance on account_balance.account_id = account.id
    where account.kind = 'seller' and account.owner_id = ${ownerId} and account.currency = ${currency}
  ), posted as (
    select posting.entry_id, posting.number, entry.kind, entry.subject_id, posting.source_id, posting.amount_cents,
           row_number() over moment as place, sum(posting.amount_cents) over moment as balance
    from owned
    join posting on posting.account_id = owned.id
    join journal_entry as entry on entry.id = posting.entry_id
    window moment as (order by entry.created_at, entry.kind = 'payout', posting.entry_id, posting.number)
  ), target as (
    select coalesce(
      min(place) filter (where kind = 'payout' and subject_id = ${payoutId}::uuid),
      case when ${payoutId}::uuid is null then count(*) + 1 end
    ) as place
    from posted
  ), cleared as (
    select coalesce(max(posted.place), 0) as place
    from posted
    join target on posted.place < target.place
    where posted.kind = 'payout'
      and posted.balance = 0
      and not exists (
        select 1 from journal_entry where kind = 'payout_failed' and subject_id = posted.subject_id)
  )
  select owned.balance_cents as "balanceCents", posted.entry_id as "entryId", posted.number, posted.kind,
         posted.subject_id as "subjectId", posted.source_id as "sourceId", posted.amount_cents as "netCents",
         others.commission as "commissionCents", others.tax as "taxCents"
  from owned
  cross join target
  cross join cleared
  left join posted on posted.place > cleared.place and posted.place <= target.place
  cross join lateral (
    select coalesce(sum(part.amount_cents) filter (where whose.kind = 'commission'), 0)::bigint as commission,
           coalesce(sum(part.amount_cents) filter (where whose.kind = 'tax'), 0)::bigint as tax
    from posting as part
    join account as whose on whose.id = part.account_id
    where part.source_id = posted.source_id and part.entry_id = posted.entry_id
  ) as others
  order by posted.place`

/**
 * What of a seller's money is on its way: the last payout, unless it has ended; a seller has one at a time. Reads back from the
 * newest posting to it. Index: posting_account_id_entry_id_idx, journal_entry_kind_subject_id_key.
 */
export const readPayingOut = (ownerId: string, currency: string) => sql<{ cents: Cents }>`
  with last as (
    select -posting.amount_cents as cents, entry.subject_id
    from account
    join posting on posting.account_id = account.id
    join journal_entry as entry on entry.id = posting.entry_id
    where account.kind = 'seller'
      and account.owner_id = ${ownerId}
      and account.currency = ${currency}
      and entry.kind = 'payout'
    order by posting.entry_id desc
    limit 1
  )
  select cents
  from last
  where not exists (
    select 1
    from journal_entry
    where kind in ('payout_paid', 'payout_failed') and subject_id = last.subject_id)`
