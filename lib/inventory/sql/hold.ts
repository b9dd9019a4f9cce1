import { sql } from '#lib/db'
import type { HoldRow } from '../types.ts'

/** A row of `readShelf`: a hold, or a count under the name of what was counted, and last the clock. */
export type ShelfRow = { readonly now: Date } & (
  | ({ readonly what: 'hold' } & HoldRow)
  | { readonly what: 'lines' | 'places'; readonly cartId: string; readonly quantity: number }
  | { readonly what: 'source'; readonly variantId: string; readonly source: string; readonly quantity: number }
  | { readonly what: 'clock' }
)

/**
 * Of variants whose stock row is locked already, with all versions of a capped product, under a fresh snapshot because a wait
 * for that lock may have been long: the lines of these carts and every due hold, locked by id; and what counts against the caps: lines and waitlist places of these
 * carts, pieces held from these addresses and from those that these lines came from. The clock comes last, after every wait.
 * Two lookups of holds instead of one with `or`, which would read every hold of a hot variant; the clock of the condition is
 * asked once, because an index cannot search for what changes from row to row. What they found is an array, because joined to the
 * table it was merged with all of it by a plan that was made while the table was small.
 * Index: hold_cart_id_variant_id_key, hold_variant_due_idx, hold_source_idx, waitlist_entry_cart_id_idx.
 */
export const readShelf = (
  variantIds: readonly string[],
  cartIds: readonly string[],
  sources: readonly string[],
  joining: readonly string[],
) => sql<ShelfRow>`
  with shelf as materialized (
    select array(
      select unnest(${variantIds}::uuid[])
      union
      select sibling.variant_id
      from stock as capped join stock as sibling using (product_id)
      where capped.variant_id = any(${variantIds}::uuid[]) and capped.cap is not null) as ids
  ), line as materialized (
    select *
    from hold
    where id = any(array(
      select id from hold
      where cart_id = any(${cartIds}::uuid[]) and variant_id = any((select ids from shelf)::uuid[])
      union all
      select id from hold
      where variant_id = any((select ids from shelf)::uuid[])
        and state = 'held' and kind <> 'checkout' and expires_at <= (select clock_timestamp())
    ))
    order by id
    for update
  )
  select 'hold' as what, id, cart_id as "cartId", variant_id as "variantId", kind, state, quantity, expires_at as "expiresAt",
         first_held_at as "firstHeldAt", added_at as "addedAt", bought, anonymous, source, order_id as "orderId",
         null::timestamptz as now
  from line
  union all
  select 'lines', null, cart_id, null, null, null, count(*)::int, null, null, null, null, null, null, null, null
  from hold
  where cart_id = any(${cartIds}::uuid[]) and state <> 'released'
  group by cart_id
  union all
  select 'source', null, null, variant_id, null, null, sum(quantity)::int, null, null, null, null, null, source, null, null
  from hold
  where variant_id = any((select ids from shelf)::uuid[])
    and source = any(${sources}::text[] || array(select source from line where cart_id = any(${cartIds}::uuid[])))
    and state = 'held'
  group by variant_id, source
  union all
  select 'places', null, cart_id, null, null, null, count(*)::int, null, null, null, null, null, null, null, null
  from waitlist_entry
  where cart_id = any(${joining}::uuid[])
  group by cart_id
  union all
  select 'clock', null, null, null, null, null, null, null, null, null, null, null, null, null, clock_timestamp()`

export const deleteHolds = (ids: readonly string[]) => sql`
  delete from hold
  where id = any(${ids}::uuid[])`

/**
 * What has a hold or an offer that is due, or pieces that nobody has offered to its waitlist yet (a drop that opened): the
 * longest first; only what has been due for so long. Index: hold_due_idx, waitlist_entry_due_idx, stock_entries_idx.
 */
export const listDueVariants = (most: number, lateMs: number) => sql<{ variantId: string }>`
  select variant_id as "variantId"
  from (
    select variant_id, expires_at as since
    from hold
    where state = 'held' and kind <> 'checkout' and expires_at <= (select clock_timestamp() - ${lateMs} * interval '1 millisecond')
    union all
    select variant_id, offered_until
    from waitlist_entry
    where offered_until is not null and offered_until <= (select clock_timestamp() - ${lateMs} * interval '1 millisecond')
    union all
    select variant_id, coalesce(opens_at, '-infinity')
    from stock
    where entries > 0 and waiting > 0 and available > 0 and on_sale
      and (opens_at is null or opens_at <= (select clock_timestamp() - ${lateMs} * interval '1 millisecond'))
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
