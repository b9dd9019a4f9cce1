import { sql } from '#lib/db'
import type { TermEnd } from '../types.ts'

const NAME = 'trader'

/** The channel on which candidates hear that the lease is free. */
export const CHANNEL = 'souk_trader'

/**
 * Takes the lease where it has run out, was given back, or is this node's own from a turn that it gave up; the turn before is
 * closed in the history and the new one opened. Says how long another's lease runs still.
 * The row is locked against `readEpoch`: transactions of the turn before are waited for, and later ones find their epoch gone. Clocks are the database's, read after the wait. Index: trader_lease_pkey.
 */
export const takeLease = (node: string, ttlMs: number) => sql<{ epoch: number | null; remainingMs: number }>`
  with free as (
    select epoch, holder, expires_at
    from trader_lease
    where name = ${NAME} and (expires_at <= clock_timestamp() or holder = ${node})
    for update
  ), taken as (
    update trader_lease
    set holder = ${node}, epoch = free.epoch + 1, expires_at = clock_timestamp() + ${ttlMs} * interval '1 millisecond'
    from free
    where name = ${NAME}
    returning trader_lease.epoch
  ), ended as (
    update trader_term
    set ended_at = least(free.expires_at, clock_timestamp()),
        why = case when free.holder = ${node} then 'stepped_down' else 'expired' end::trader_end
    from free
    where name = ${NAME} and trader_term.epoch = free.epoch and ended_at is null
    returning trader_term.epoch
  ), begun as (
    insert into trader_term (name, epoch, node, began_at)
    select ${NAME}, taken.epoch, ${node}, clock_timestamp()
    from taken
    -- The turn before is closed first: only one is open.
    where (select count(*) from ended) >= 0
  )
  select taken.epoch,
         greatest(0, extract(epoch from lease.expires_at - clock_timestamp()) * 1000)::int as "remainingMs"
  from trader_lease as lease
  left join taken on true
  where lease.name = ${NAME}`

/** Keeps the lease for a turn that still has it; no row when it has not. Changes no key, so it waits for nobody. */
export const renewLease = (node: string, epoch: number, ttlMs: number) => sql<{ epoch: number }>`
  update trader_lease
  set expires_at = clock_timestamp() + ${ttlMs} * interval '1 millisecond'
  where name = ${NAME} and holder = ${node} and epoch = ${epoch} and expires_at > clock_timestamp()
  returning epoch`

/** Gives the lease back, closes the turn, and tells the candidates. Nothing when another has it. */
export const releaseLease = (node: string, epoch: number) => sql`
  with released as (
    update trader_lease
    -- Not rounded to a moment that is still to come.
    set holder = null, expires_at = date_trunc('milliseconds', clock_timestamp())
    where name = ${NAME} and holder = ${node} and epoch = ${epoch}
    returning epoch
  ), ended as (
    update trader_term
    set ended_at = clock_timestamp(), why = 'released'
    from released
    where name = ${NAME} and trader_term.epoch = released.epoch and ended_at is null
  )
  select pg_notify(${CHANNEL}, 'free')
  from released`

/**
 * The fence: a row while the epoch is the current one. Until the transaction ends it keeps the epoch from being raised; a
 * takeover that came before is waited for, and then there is no row. Locks the key. Index: trader_lease_name_epoch_key.
 */
export const readEpoch = (epoch: number) => sql<{ epoch: number }>`
  select epoch
  from trader_lease
  where name = ${NAME} and epoch = ${epoch}
  for key share`

/** Counts what the fence kept out. Index: trader_term_pkey. */
export const countRefused = (epoch: number) => sql`
  update trader_term
  set refused = refused + 1
  where name = ${NAME} and epoch = ${epoch}`

export interface TermRow {
  readonly epoch: number
  readonly node: string
  readonly beganAt: Date
  readonly endedAt: Date | null
  readonly why: TermEnd | null
  readonly refused: number
}

/** The latest turns, the current one first. Index: trader_term_pkey. */
export const listTerms = (most: number) => sql<TermRow>`
  select epoch, node, began_at as "beganAt", ended_at as "endedAt", why, refused
  from trader_term
  where name = ${NAME}
  order by epoch desc
  limit ${most}`

/** Who has the lease now; no row where nobody has. */
export const readHolder = () => sql<{ epoch: number; node: string; expiresAt: Date }>`
  select epoch, holder as node, expires_at as "expiresAt"
  from trader_lease
  where name = ${NAME} and holder is not null and expires_at > clock_timestamp()`
