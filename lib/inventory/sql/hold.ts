import { sql } from '#lib/db'
import type { HoldRow } from '../types.ts'

/**
 * The lines of these carts and every due hold, of variants whose stock row is locked already: a fresh snapshot, because
 * a wait for that lock may have been long. Locks the holds by id.
 * Two lookups instead of one with `or`, which would read every hold of a hot variant; the clock is asked once, because an
 * index cannot search for what changes from row to row. Index: hold_cart_id_variant_id_key, hold_variant_due_idx.
 */
export const lockHolds = (variantIds: readonly string[], cartIds: readonly string[]) => sql<HoldRow>`
  select id, cart_id as "cartId", variant_id as "variantId", kind, state, quantity, expires_at as "expiresAt",
         first_held_at as "firstHeldAt", added_at as "addedAt", bought, anonymous, source, order_id as "orderId"
  from hold
  where id in (
    select id
    from hold
    where cart_id = any(${cartIds}::uuid[]) and variant_id = any(${variantIds}::uuid[])
    union all
    select id
    from hold
    where variant_id = any(${variantIds}::uuid[])
      and state = 'held'
      and kind <> 'checkout'
      and expires_at <= (select clock_timestamp())
  )
  order by id
  for update`

/** What counts against the caps, by `keyOf` where two ids name it. */
export interface Use {
  /** The clock that decides. */
  readonly now: Date
  readonly lines: Readonly<Record<string, number>>
  readonly sources: Readonly<Record<string, number>>
  readonly places: Readonly<Record<string, number>>
}

/**
 * How many lines and waitlist places these carts have and how many pieces are held from these addresses, with the clock: one
 * row. Index: hold_cart_id_variant_id_key, hold_variant_id_source_idx, waitlist_entry_cart_id_idx.
 */
export const readUse = (
  cartIds: readonly string[],
  variantIds: readonly string[],
  sources: readonly string[],
  joining: readonly string[],
) => sql<Use>`
  select clock_timestamp() as now, (
    select coalesce(json_object_agg(cart_id, lines), '{}')
    from (
      select cart_id, count(*) as lines
      from hold
      where cart_id = any(${cartIds}::uuid[]) and state <> 'released'
      group by cart_id
    ) as cart
  ) as lines, (
    select coalesce(json_object_agg(variant_id || ' ' || source, pieces), '{}')
    from (
      select variant_id, source, sum(quantity) as pieces
      from hold
      where variant_id = any(${variantIds}::uuid[]) and source = any(${sources}::text[]) and state = 'held'
      group by variant_id, source
    ) as address
  ) as sources, (
    select coalesce(json_object_agg(cart_id, places), '{}')
    from (
      select cart_id, count(*) as places
      from waitlist_entry
      where cart_id = any(${joining}::uuid[])
      group by cart_id
    ) as buyer
  ) as places`

export const deleteHolds = (ids: readonly string[]) => sql`
  delete from hold
  where id = any(${ids}::uuid[])`

/**
 * What has a hold or an offer that is due, or pieces that nobody has offered to its waitlist yet (a drop that opened): the
 * longest first. Index: hold_due_idx, waitlist_entry_due_idx, stock_entries_idx.
 */
export const listDueVariants = (most: number) => sql<{ variantId: string }>`
  select variant_id as "variantId"
  from (
    select variant_id, expires_at as since
    from hold
    where state = 'held' and kind <> 'checkout' and expires_at <= (select clock_timestamp())
    union all
    select variant_id, offered_until
    from waitlist_entry
    where offered_until is not null and offered_until <= (select clock_timestamp())
    union all
    select variant_id, coalesce(opens_at, '-infinity')
    from stock
    where entries > 0 and waiting > 0 and available > 0 and on_sale
      and (opens_at is null or opens_at <= (select clock_timestamp()))
  ) as due
  group by variant_id
  order by min(since)
  limit ${most}`

/**
 * Forgets lines that were taken out of a cart and bought nothing, once their buyer has rested.
 * Concurrency: a batch that holds one again has locked its row; the condition is looked at after that. Index: hold_released_idx.
 */
export const forgetReleased = (restMs: number, most: number) => sql<{ id: string }>`
  delete from hold
  where id in (
    select id
    from hold
    where state = 'released' and bought = 0 and expires_at < clock_timestamp() - ${restMs} * interval '1 millisecond'
    order by id
    limit ${most}
    for update skip locked
  )
  returning id`
