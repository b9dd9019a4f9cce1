import { sql } from '#lib/db'
import type { Cents } from '#lib/money'

/** A payout that is under way, and what its provider has to be told. */
export interface OpenPayout {
  readonly id: string
  readonly sellerId: string
  readonly number: number
  readonly amountCents: Cents
  readonly currency: string
  readonly provider: string
  readonly providerKey: string
  readonly sellerAccount: string
  readonly tries: number
}

/** A seller's balance that is due, and what is in it now. */
export interface DueBalance {
  readonly accountId: string
  readonly sellerId: string
  readonly currency: string
  readonly balanceCents: Cents
  /** The seller, as the provider calls it. */
  readonly sellerAccount: string
  /** The seller's next payout. */
  readonly number: number
}

/**
 * Balances of so much or more whose seller has no payout under way and had none begun for so long. Each is locked until the
 * transaction ends, so that what is read is what is there; those that somebody posts to just now are left for the next time.
 * Whom the provider does not know is not due. Index: account_pkey, payout_seller_id_number_key, payout_account_pkey.
 */
export const claimBalances = ({
  leastCents,
  everyMs,
  currency,
  provider,
  most,
}: {
  leastCents: Cents
  everyMs: number
  currency: string
  provider: string
  most: number
}) => sql<DueBalance>`
  select account.id as "accountId", account.owner_id as "sellerId", account.currency,
         balance.balance_cents as "balanceCents", coalesce(known.account, account.owner_id::text) as "sellerAccount",
         coalesce(last.number, 0) + 1 as number
  from account_balance as balance
  join account on account.id = balance.account_id and account.kind = 'seller' and account.currency = ${currency}
  left join payout_account as known on known.seller_id = account.owner_id and known.provider = ${provider}
  left join lateral (
    select number, status, created_at
    from payout
    where seller_id = account.owner_id
    order by number desc
    limit 1
  ) as last on true
  where balance.balance_cents >= ${leastCents}
    and (known.account is not null or ${provider} = 'sandbox')
    and (last.number is null
         or last.status <> 'pending'
            and last.created_at <= (select clock_timestamp()) - ${everyMs} * interval '1 millisecond')
  order by balance.account_id
  limit ${most}
  for no key update of balance skip locked`

/**
 * Payouts that begin; nothing of a seller who has one under way, or had that number, which the caller's snapshot did not show.
 * Returns the ids that were written. Index: payout_open_key, payout_seller_id_number_key.
 */
export const insertPayouts = (
  payouts: readonly (DueBalance & { readonly id: string })[],
  { epoch, provider, resumeMs }: { epoch: number; provider: string; resumeMs: number },
) => sql<OpenPayout>`
  insert into payout (id, seller_id, account_id, number, amount_cents, currency, provider, seller_account, provider_key,
                      made_epoch, epoch,
                      resume_at)
  select id, seller_id, account_id, number, amount_cents, currency, ${provider}::text, seller_account, 'payout:' || id, ${epoch}::int,
         ${epoch}::int, clock_timestamp() + ${resumeMs} * interval '1 millisecond'
  from unnest(
    ${payouts.map((payout) => payout.id)}::uuid[],
    ${payouts.map((payout) => payout.sellerId)}::uuid[],
    ${payouts.map((payout) => payout.accountId)}::uuid[],
    ${payouts.map((payout) => payout.number)}::int[],
    ${payouts.map((payout) => payout.balanceCents)}::bigint[],
    ${payouts.map((payout) => payout.currency)}::text[],
    ${payouts.map((payout) => payout.sellerAccount)}::text[]
  ) as payout (id, seller_id, account_id, number, amount_cents, currency, seller_account)
  on conflict do nothing
  returning id, seller_id as "sellerId", number, amount_cents as "amountCents", currency, provider,
            provider_key as "providerKey", seller_account as "sellerAccount", tries`

/**
 * Claims payouts whose trader is gone, at once, and those that this one tried in vain, later each time: ten seconds at first,
 * an hour at last. Locks them, skipping those somebody ends just now. Index: payout_resume_idx.
 */
export const claimPayouts = (epoch: number, most: number) => sql<OpenPayout>`
  update payout
  set epoch = ${epoch}, tries = tries + 1,
      resume_at = clock_timestamp() + least(3600, 10 * power(2, least(tries, 16))) * interval '1 second'
  where id in (
    select id
    from payout
    where status = 'pending' and (epoch < ${epoch} or resume_at <= (select clock_timestamp()))
    order by resume_at
    limit ${most}
    for no key update skip locked
  )
  returning id, seller_id as "sellerId", number, amount_cents as "amountCents", currency, provider,
            provider_key as "providerKey", seller_account as "sellerAccount", tries`

/** Ends a payout; returns it when it was under way still: whoever comes second changes nothing. Index: payout_pkey. */
export const endPayout = (id: string, epoch: number, end: { ref: string | null; failCode: string | null }) => sql<{
  id: string
}>`
  update payout
  set status = case when ${end.failCode}::text is null then 'paid' else 'failed' end::payout_status,
      provider_ref = ${end.ref}, fail_code = ${end.failCode}, ended_at = clock_timestamp(), ended_epoch = ${epoch}
  where id = ${id} and status = 'pending'
  returning id`

/** Payouts that a turn wrote after the next had begun. There must be none. Reads all payouts. */
export const listStaleWrites = () => sql<{ payoutId: string; epoch: number; at: Date }>`
  select payout.id as "payoutId", wrote.epoch, wrote.at
  from payout
  cross join lateral (values (made_epoch, created_at), (ended_epoch, ended_at)) as wrote (epoch, at)
  join trader_term as next on next.epoch = wrote.epoch + 1 and next.began_at < wrote.at`

/** Whom the provider knows the seller as. Index: payout_account_pkey. */
export const readPayoutAccount = (sellerId: string, provider: string) => sql<{ account: string }>`
  select account
  from payout_account
  where seller_id = ${sellerId} and provider = ${provider}`

/** Index: payout_account_pkey. */
export const writePayoutAccount = (sellerId: string, provider: string, account: string) => sql`
  insert into payout_account (seller_id, provider, account)
  values (${sellerId}, ${provider}, ${account})
  on conflict (seller_id, provider) do update
  set account = excluded.account`
