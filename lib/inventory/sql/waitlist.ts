import { sql } from '#lib/db'
import type { EntryRow } from '../types.ts'

/**
 * Of variants whose stock row is locked: the places of these carts, those whose time is over, and as many heads as `most`
 * says beside what those give free. The stock lock keeps any other writer away.
 * Index: waitlist_entry_variant_id_position_key, waitlist_entry_line_idx.
 */
export const readWaitlist = (
  variantIds: readonly string[],
  most: readonly number[],
  cartIds: readonly string[],
) => sql<EntryRow>`
  with clock as materialized (
    select clock_timestamp() as now
  ), own as (
    select entry.*
    from waitlist_entry as entry, clock
    where variant_id = any(${variantIds}::uuid[]) and (cart_id = any(${cartIds}::uuid[]) or offered_until <= clock.now)
  ), head as (
    select entry.*
    from unnest(${variantIds}::uuid[], ${most}::int[]) as need (variant_id, most)
    cross join clock
    cross join lateral (
      select coalesce(sum(offered + 1), 0) as pieces
      from own
      where own.variant_id = need.variant_id
    ) as freed
    cross join lateral (
      select *
      from waitlist_entry
      where variant_id = need.variant_id
        and wanted > 0
        and (offered_until is null or offered_until > clock.now)
      order by position
      limit need.most + freed.pieces
    ) as entry
  )
  select id, variant_id as "variantId", cart_id as "cartId", buyer_id as "buyerId", position, wanted, offered,
         offered_until as "offeredUntil", joined_at as "joinedAt"
  from (select * from own union select * from head) as entry`

/** Places as they shall be, new ones and changed ones. */
export const putEntries = (entries: readonly EntryRow[]) => sql`
  insert into waitlist_entry (id, variant_id, cart_id, buyer_id, position, wanted, offered, offered_until, joined_at)
  select id, variant_id, cart_id, buyer_id, position, wanted, offered, offered_until, joined_at
  from unnest(
    ${entries.map((entry) => entry.id)}::uuid[],
    ${entries.map((entry) => entry.variantId)}::uuid[],
    ${entries.map((entry) => entry.cartId)}::uuid[],
    ${entries.map((entry) => entry.buyerId)}::uuid[],
    ${entries.map((entry) => entry.position)}::int[],
    ${entries.map((entry) => entry.wanted)}::int[],
    ${entries.map((entry) => entry.offered)}::int[],
    ${entries.map((entry) => entry.offeredUntil)}::timestamptz[],
    ${entries.map((entry) => entry.joinedAt)}::timestamptz[]
  ) as entry (id, variant_id, cart_id, buyer_id, position, wanted, offered, offered_until, joined_at)
  on conflict (id) do update
  set position = excluded.position, wanted = excluded.wanted, offered = excluded.offered,
      offered_until = excluded.offered_until, joined_at = excluded.joined_at`

export const deleteEntries = (ids: readonly string[]) => sql`
  delete from waitlist_entry
  where id = any(${ids}::uuid[])`

export interface PlaceRow {
  readonly variantId: string
  readonly productId: string
  /** Buyers who wait before this one; 0 when next. Null once there was an offer. */
  readonly ahead: number | null
  readonly wanted: number
  readonly offered: number
  readonly offeredUntil: Date | null
  readonly joinedAt: Date
  readonly now: Date
}

/** A buyer's places, oldest first. Index: waitlist_entry_buyer_id_idx, waitlist_entry_line_idx. */
export const listPlaces = (buyerId: string) => sql<PlaceRow>`
  select entry.variant_id as "variantId", stock.product_id as "productId", entry.wanted, entry.offered,
         entry.offered_until as "offeredUntil", entry.joined_at as "joinedAt", clock_timestamp() as now,
         case when entry.offered_until is null then (
           select count(*)::int
           from waitlist_entry as other
           where other.variant_id = entry.variant_id
             and other.wanted > 0
             and other.offered_until is null
             and other.position < entry.position
         ) end as ahead
  from waitlist_entry as entry
  join stock on stock.variant_id = entry.variant_id
  where entry.buyer_id = ${buyerId}
    and (entry.offered_until is null or entry.offered_until > (select clock_timestamp()))
  order by entry.joined_at, entry.variant_id`
