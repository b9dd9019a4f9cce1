import { sql } from '#lib/db'
import type { Cents } from '#lib/money'
import type { DeclineCode } from '../types.ts'

/** The sandbox's tables, one statement a function. Nothing else of the market writes them. */

export type Outcome = 'challenge' | 'authorized' | 'captured' | DeclineCode

export interface ChargeRow {
  readonly key: string
  readonly ref: string
  readonly amountCents: Cents
  readonly outcome: Outcome
  readonly challengeToken: string | null
  /** Whether the outcome may be told already. */
  readonly isKnown: boolean
}

export interface NewCharge {
  readonly key: string
  readonly ref: string
  readonly amountCents: Cents
  readonly currency: string
  readonly outcome: Outcome
  readonly challengeToken: string | null
  readonly returnUrl: string | null
  /** After how long the outcome may be told; null: at once. */
  readonly lateMs: number | null
}

/** Index: sandbox_charge_pkey, on which two charges of one key meet. */
export const insertCharges = (rows: readonly NewCharge[]) => sql<ChargeRow>`
  insert into sandbox_charge (key, ref, amount_cents, currency, outcome, challenge_token, return_url, known_at)
  select key, ref, amount_cents, currency, outcome, challenge_token, return_url,
         clock_timestamp() + late_ms * interval '1 millisecond'
  from unnest(
    ${rows.map((row) => row.key)}::text[],
    ${rows.map((row) => row.ref)}::text[],
    ${rows.map((row) => row.amountCents)}::bigint[],
    ${rows.map((row) => row.currency)}::text[],
    ${rows.map((row) => row.outcome)}::text[],
    ${rows.map((row) => row.challengeToken)}::text[],
    ${rows.map((row) => row.returnUrl)}::text[],
    ${rows.map((row) => row.lateMs)}::int[]
  ) as charge (key, ref, amount_cents, currency, outcome, challenge_token, return_url, late_ms)
  order by key
  on conflict (key) do nothing
  returning key, ref, amount_cents as "amountCents", outcome, challenge_token as "challengeToken",
            known_at is null as "isKnown"`

/** Index: sandbox_charge_pkey. */
export const readCharge = (key: string) => sql<ChargeRow>`
  select key, ref, amount_cents as "amountCents", outcome, challenge_token as "challengeToken",
         coalesce(known_at <= clock_timestamp(), true) as "isKnown"
  from sandbox_charge
  where key = ${key}`

/** Conditional, so that of two who move a line on one does. Locks the line. Index: sandbox_charge_pkey. */
export const changeOutcome = (key: string, from: Outcome, to: Outcome) => sql<ChargeRow>`
  update sandbox_charge
  set outcome = ${to}
  where key = ${key} and outcome = ${from}
  returning key, ref, amount_cents as "amountCents", outcome, challenge_token as "challengeToken",
            coalesce(known_at <= clock_timestamp(), true) as "isKnown"`

export interface RefundRow {
  readonly key: string
  readonly ref: string
  readonly chargeRef: string
  readonly amountCents: Cents
}

/**
 * A refund and its charge's sum in one step; nothing when the key was used before, or there is no such charge.
 * The sum's check refuses what exceeds the charge. Locks the charge. Index: sandbox_refund_pkey, sandbox_charge_ref_key.
 */
export const insertRefund = (row: RefundRow) => sql<RefundRow>`
  with refund as (
    insert into sandbox_refund (key, ref, charge_ref, amount_cents)
    select ${row.key}, ${row.ref}, ref, ${row.amountCents}
    from sandbox_charge
    where ref = ${row.chargeRef}
    on conflict (key) do nothing
    returning key, ref, charge_ref, amount_cents
  ), summed as (
    update sandbox_charge
    set refunded_cents = refunded_cents + refund.amount_cents
    from refund
    where sandbox_charge.ref = refund.charge_ref
  )
  select key, ref, charge_ref as "chargeRef", amount_cents as "amountCents"
  from refund`

/** Index: sandbox_refund_pkey. */
export const readRefund = (key: string) => sql<RefundRow>`
  select key, ref, charge_ref as "chargeRef", amount_cents as "amountCents"
  from sandbox_refund
  where key = ${key}`

export interface TransferRow {
  readonly key: string
  readonly ref: string
  readonly sellerAccount: string
  readonly amountCents: Cents
}

/** Index: sandbox_transfer_pkey. */
export const insertTransfer = (row: TransferRow & { currency: string }) => sql<TransferRow>`
  insert into sandbox_transfer (key, ref, seller_account, amount_cents, currency)
  values (${row.key}, ${row.ref}, ${row.sellerAccount}, ${row.amountCents}, ${row.currency})
  on conflict (key) do nothing
  returning key, ref, seller_account as "sellerAccount", amount_cents as "amountCents"`

/** Index: sandbox_transfer_pkey. */
export const readTransfer = (key: string) => sql<TransferRow>`
  select key, ref, seller_account as "sellerAccount", amount_cents as "amountCents"
  from sandbox_transfer
  where key = ${key}`

/** A webhook to be sent so often, the first time after so long. Index: sandbox_event_pkey. */
export const insertEvent = (id: string, key: string, afterMs: number, sends: number) => sql`
  insert into sandbox_event (id, key, deliver_at, sends_left)
  values (${id}, ${key}, clock_timestamp() + ${afterMs} * interval '1 millisecond', ${sends})
  on conflict (id) do nothing`

/**
 * Webhooks that are due; they come again in two seconds until they were sent so often. Locks them, skipping those another
 * node sends just now. Index: sandbox_event_deliver_at_idx.
 */
export const claimEvents = (most: number) => sql<{ id: string; key: string; ref: string }>`
  update sandbox_event
  set deliver_at = clock_timestamp() + interval '2 seconds'
  from sandbox_charge
  where sandbox_charge.key = sandbox_event.key and sandbox_event.id in (
    select id
    from sandbox_event
    where deliver_at <= clock_timestamp()
    order by deliver_at
    limit ${most}
    for update skip locked
  )
  returning sandbox_event.id, sandbox_event.key, sandbox_charge.ref`

/** Index: sandbox_event_pkey. */
export const countSent = (id: string) => sql`
  with sent as (
    delete from sandbox_event
    where id = ${id} and sends_left <= 1
  )
  update sandbox_event
  set sends_left = sends_left - 1
  where id = ${id} and sends_left > 1`
