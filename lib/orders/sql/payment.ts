import { sql } from '#lib/db'
import type { Cents } from '#lib/money'

/** A payment that is not over, with all that its provider has to be told. */
export interface OpenPayment {
  readonly orderId: string
  readonly provider: string
  readonly key: string
  readonly ref: string | null
  readonly amountCents: Cents
  readonly currency: string
  /** Whether the order's deadline is over. */
  readonly isOverdue: boolean
}

/** Which money is in the market's books. Index: market_pkey. */
export const readMoney = () => sql<{ isReal: boolean }>`
  select is_real as "isReal"
  from market`

/** Lets payments that are being written be seen, and no other begin, until the transaction ends. */
export const lockPayments = () => sql`lock table payment in share mode`

/** Says which money the market takes, while there is no payment yet. Returns which it is. Index: market_pkey. */
export const settleMoney = (isReal: boolean) => sql<{ isReal: boolean }>`
  update market
  set is_real = case when exists (select from payment) then is_real else ${isReal} end
  returning is_real as "isReal"`

/** Says that somebody is still working on the payment; over the order's deadline nobody is believed. Index: payment_pkey. */
export const touchPayment = (orderId: string) => sql`
  update payment
  set updated_at = clock_timestamp()
  from "order"
  where payment.order_id = ${orderId}
    and payment.status = 'started'
    and "order".id = payment.order_id
    and "order".deadline_at > clock_timestamp()`

/**
 * Claims payments nobody has worked on for a while, oldest first, by touching them: another node will not see them.
 * Those that wait for a buyer or a provider come last: many of them keep nobody back whose node died.
 * Locks payments, skipping those another node claims just now. Index: payment_started_idx.
 */
export const claimStale = (staleMs: number, most: number) => sql<OpenPayment>`
  update payment
  set updated_at = clock_timestamp()
  from "order"
  where "order".id = payment.order_id and payment.order_id in (
    select payment.order_id
    from payment
    join "order" on "order".id = payment.order_id
    where payment.status = 'started' and payment.updated_at < now() - ${staleMs} * interval '1 millisecond'
    order by (payment.waits_for is not null and "order".deadline_at > now()), payment.updated_at
    limit ${most}
    for update of payment skip locked
  )
  returning payment.order_id as "orderId", payment.provider, payment.provider_key as key, payment.provider_ref as ref,
            payment.amount_cents as "amountCents", payment.currency,
            "order".deadline_at <= clock_timestamp() as "isOverdue"`

/**
 * The payment waits: for the buyer at an address, or with null for its provider. Nothing when it is over already, because a
 * webhook was faster than the answer. Index: payment_pkey.
 */
export const markWaiting = (orderId: string, ref: string, challengeUrl: string | null) => sql<{ number: string }>`
  update payment
  set waits_for = ${challengeUrl === null ? 'provider' : 'buyer'}::payment_wait, challenge_url = ${challengeUrl},
      provider_ref = ${ref}, updated_at = clock_timestamp()
  from "order"
  where payment.order_id = ${orderId} and payment.status = 'started' and "order".id = payment.order_id
  returning "order".number`

/** The address where the buyer of a request is waited for. Index: idempotency_key_pkey, payment_pkey, order_pkey. */
export const readChallenge = (request: { userId: string; route: string; key: string }) => sql<{
  number: string
  challengeUrl: string
  requestHash: string
}>`
  select "order".number, payment.challenge_url as "challengeUrl", idempotency_key.request_hash as "requestHash"
  from idempotency_key
  join payment on payment.order_id = idempotency_key.order_id
  join "order" on "order".id = payment.order_id
  where idempotency_key.user_id = ${request.userId} and idempotency_key.route = ${request.route}
    and idempotency_key.key = ${request.key} and idempotency_key.status is null
    and payment.status = 'started' and payment.waits_for = 'buyer'`

/** A payment by its provider's key. Index: payment_provider_key_key. */
export const readPayment = (provider: string, key: string) => sql<
  Omit<OpenPayment, 'isOverdue'> & { status: 'started' | 'captured' | 'declined' }
>`
  select order_id as "orderId", provider, provider_key as key, provider_ref as ref, amount_cents as "amountCents", currency, status
  from payment
  where provider_key = ${key} and provider = ${provider}`

/** A started payment that waits for its buyer. Index: order_number_key, payment_pkey. */
export const readOwnWaiting = (number: string, buyerId: string) => sql<OpenPayment>`
  select payment.order_id as "orderId", payment.provider, payment.provider_key as key, payment.provider_ref as ref,
         payment.amount_cents as "amountCents", payment.currency,
         "order".deadline_at <= clock_timestamp() as "isOverdue"
  from "order"
  join payment on payment.order_id = "order".id
  where "order".number = ${number} and "order".buyer_id = ${buyerId}
    and payment.status = 'started' and payment.waits_for = 'buyer'`

/** What the page of a challenge shows, to nobody but its buyer. Index: sandbox_charge_challenge_token_key, payment_provider_key_key. */
export const readSandboxChallenge = (token: string, buyerId: string) => sql<{
  key: string
  number: string
  amountCents: Cents
  currency: string
  cardLast4: string | null
  isOpen: boolean
  returnUrl: string
}>`
  select charge.key, "order".number, charge.amount_cents as "amountCents", charge.currency,
         payment.card_last4 as "cardLast4", charge.outcome = 'challenge' as "isOpen", charge.return_url as "returnUrl"
  from sandbox_charge as charge
  join payment on payment.provider_key = charge.key and payment.provider = 'sandbox'
  join "order" on "order".id = payment.order_id
  where charge.challenge_token = ${token} and "order".buyer_id = ${buyerId}`

/** How a buyer's checkout stands. Index: order_pkey, payment_pkey. */
export const readCheckout = (orderId: string, buyerId: string) => sql<CheckoutRow>`
  select "order".number, "order".status, payment.challenge_url as "challengeUrl", payment.decline_code as "declineCode"
  from "order"
  join payment on payment.order_id = "order".id
  where "order".id = ${orderId} and "order".buyer_id = ${buyerId}`

/** The checkout of a buyer that waits for them just now. Index: order_buyer_id_created_at_idx, payment_pkey. */
export const readWaitingCheckout = (buyerId: string) => sql<CheckoutRow>`
  select "order".number, "order".status, payment.challenge_url as "challengeUrl", payment.decline_code as "declineCode"
  from "order"
  join payment on payment.order_id = "order".id
  where "order".buyer_id = ${buyerId} and "order".status = 'pending'
    and payment.status = 'started' and payment.waits_for = 'buyer'
  order by "order".created_at desc
  limit 1`

export interface CheckoutRow {
  readonly number: string
  readonly status: 'pending' | 'paid' | 'released'
  readonly challengeUrl: string | null
  readonly declineCode: string | null
}

/**
 * Takes a provider's event to work on: `mine`, or `handled` before, or `busy` with another for at most so long.
 * Index: webhook_event_pkey, on which two copies of one event meet.
 */
export const claimEvent = (provider: string, eventId: string, leaseMs: number) => sql<{ claim: EventClaim }>`
  with claimed as (
    insert into webhook_event as event (provider, event_id, claimed_at)
    values (${provider}, ${eventId}, clock_timestamp())
    on conflict (provider, event_id) do update
    set claimed_at = excluded.claimed_at
    where event.handled_at is null and event.claimed_at < excluded.claimed_at - ${leaseMs} * interval '1 millisecond'
    returning 'mine' as claim
  )
  select claim
  from claimed
  union all
  select case when handled_at is null then 'busy' else 'handled' end
  from webhook_event
  where provider = ${provider} and event_id = ${eventId} and not exists (select from claimed)`

export type EventClaim = 'mine' | 'handled' | 'busy'

/** Index: webhook_event_pkey. */
export const markHandled = (provider: string, eventId: string) => sql`
  update webhook_event
  set handled_at = clock_timestamp()
  where provider = ${provider} and event_id = ${eventId}`

/** Gives an event back that could not be worked on: its next copy is taken at once. Index: webhook_event_pkey. */
export const dropClaim = (provider: string, eventId: string) => sql`
  delete from webhook_event
  where provider = ${provider} and event_id = ${eventId} and handled_at is null`

/** Forgets so many events that nobody will send again. Index: webhook_event_handled_at_idx, webhook_event_pkey. */
export const deleteOldEvents = (ttlMs: number, most: number) => sql<{ eventId: string }>`
  delete from webhook_event
  where (provider, event_id) in (
    select provider, event_id
    from webhook_event
    where handled_at < now() - ${ttlMs} * interval '1 millisecond'
    order by handled_at
    limit ${most}
    for update skip locked
  )
  returning event_id as "eventId"`
