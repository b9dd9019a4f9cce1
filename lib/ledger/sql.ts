import { sql } from '#lib/db'
import type { Cents } from '#lib/money'
import type { Entry } from './types.ts'

/** Opens sellers' accounts that are not there yet. The market's own come with the schema. Index: account_kind_owner_id_currency_key. */
export const openAccounts = (ownerIds: readonly string[], currencies: readonly string[]) => sql`
  insert into account (kind, owner_id, currency)
  select 'seller', owner_id, currency
  from unnest(${ownerIds}::uuid[], ${currencies}::text[]) as opened (owner_id, currency)
  order by owner_id, currency
  on conflict (kind, owner_id, currency) do nothing`

/**
 * Writes entries with their postings, and brings the balances of sellers along in the same statement, one update per account.
 * A kind of entry that a subject has already is refused by journal_entry_kind_subject_id_key; an account that is not there by
 * its posting; what does not sum to nothing by the triggers at COMMIT.
 * Sellers' accounts and the market's are looked up apart, because no index answers `is not distinct from`.
 * Locks the balances by account. Index: account_kind_owner_id_currency_key.
 */
export const writeEntries = (entries: readonly Entry[]) => {
  const rows = entries.flatMap((entry) => entry.postings.map((posting, number) => ({ entry, posting, number })))
  return sql`
  with entry as (
    insert into journal_entry (id, kind, subject_id)
    select id, kind::entry_kind, subject_id
    from unnest(
      ${entries.map((entry) => entry.id)}::uuid[],
      ${entries.map((entry) => entry.kind)}::text[],
      ${entries.map((entry) => entry.subjectId)}::uuid[]
    ) as entry (id, kind, subject_id)
  ), posted as (
    insert into posting (entry_id, number, account_id, amount_cents, source_id)
    select entry_id, number, coalesce(own.id, market.id), amount_cents, source_id
    from unnest(
      ${rows.map(({ entry }) => entry.id)}::uuid[],
      ${rows.map(({ number }) => number)}::int[],
      ${rows.map(({ posting }) => posting.account.kind)}::text[],
      ${rows.map(({ posting: { account } }) => (account.kind === 'seller' ? account.ownerId : null))}::uuid[],
      ${rows.map(({ entry }) => entry.currency)}::text[],
      ${rows.map(({ posting }) => posting.amountCents)}::bigint[],
      ${rows.map(({ posting }) => posting.sourceId)}::uuid[]
    ) as part (entry_id, number, kind, owner_id, currency, amount_cents, source_id)
    left join account as own
      on own.kind = part.kind::account_kind and own.owner_id = part.owner_id and own.currency = part.currency
    left join account as market
      on part.owner_id is null and market.owner_id is null
      and market.kind = part.kind::account_kind and market.currency = part.currency
    returning account_id, amount_cents
  )
  insert into account_balance (account_id, balance_cents)
  select account_id, sum(amount_cents)
  from posted
  join account on account.id = posted.account_id
  where account.kind = 'seller'
  group by account_id
  order by account_id
  on conflict (account_id) do update
  set balance_cents = account_balance.balance_cents + excluded.balance_cents, updated_at = clock_timestamp()`
}

/** What the market owes a seller now; null while no money has come. Index: account_kind_owner_id_currency_key. */
export const readBalance = (sellerId: string, currency: string) => sql<{ balanceCents: Cents }>`
  select balance_cents as "balanceCents"
  from account_balance
  join account on account.id = account_balance.account_id
  where account.kind = 'seller' and account.owner_id = ${sellerId} and account.currency = ${currency}`

/** A sum that is not what it has to be. */
export interface LedgerBreach {
  readonly what: 'entry' | 'balance' | 'seller-without-balance'
  readonly id: string
  readonly foundCents: Cents
  readonly expectedCents: Cents
}

/** Entries that do not sum to nothing, and balances that are not what was posted. Reads the whole ledger, at one moment. */
export const listLedgerBreaches = () => sql<LedgerBreach>`
  with posted as (
    select account_id, sum(amount_cents)::bigint as cents from posting group by account_id
  )
  select 'entry' as what, entry_id as id, sum(amount_cents)::bigint as "foundCents", 0::bigint as "expectedCents"
  from posting
  join account on account.id = posting.account_id
  group by entry_id, currency
  having sum(amount_cents) <> 0
  union all
  select 'balance', account_id, balance_cents, coalesce(posted.cents, 0)
  from account_balance
  left join posted using (account_id)
  where balance_cents <> coalesce(posted.cents, 0)
  union all
  select 'seller-without-balance', account.id, 0, posted.cents
  from account
  join posted on posted.account_id = account.id
  where account.kind = 'seller' and not exists (select 1 from account_balance where account_id = account.id)
  order by 1, 2`

/** How much there is of everything, by kind of account. Reads the whole ledger. */
export const sumAccounts = () => sql<{ kind: string; currency: string; cents: Cents; postings: number }>`
  select kind, currency, coalesce(sum(amount_cents), 0)::bigint as cents, count(amount_cents)::int as postings
  from account
  left join posting on posting.account_id = account.id
  group by kind, currency
  order by kind, currency`
