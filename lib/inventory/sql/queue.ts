import { sql } from '#lib/db'

/** How many pieces the seller has on sale and how many wait, which may be more than an int holds. Index: stock_seller_id_idx, queued_deposit_seller_id_id_idx. */
export const countPublished = (sellerId: string) => sql<{
  capacity: number | null
  published: number
  queued: number
}>`
  select capacity, (
    select coalesce(sum(available), 0)::float8
    from stock
    where seller_id = seller.id and on_sale
  ) as published, (
    select coalesce(sum(quantity), 0)::float8
    from queued_deposit
    where seller_id = seller.id
  ) as queued
  from seller
  where id = ${sellerId}`

export interface QueuedRow {
  readonly id: bigint
  readonly variantId: string
  readonly quantity: number
  readonly note: string
  readonly actorId: string | null
}

/** What may be published as soon as there is room, in the order it came. Index: queued_deposit_seller_id_id_idx. */
export const listQueued = (sellerId: string, most: number) => sql<QueuedRow>`
  select queued_deposit.id, queued_deposit.variant_id as "variantId", quantity, note, actor_id as "actorId"
  from queued_deposit
  join stock on stock.variant_id = queued_deposit.variant_id
  where queued_deposit.seller_id = ${sellerId} and stock.on_sale
  order by queued_deposit.id
  limit ${most}`

export const insertQueued = (
  rows: readonly { sellerId: string; variantId: string; quantity: number; note: string; actorId: string | null }[],
) => sql`
  insert into queued_deposit (seller_id, variant_id, quantity, note, actor_id)
  select seller_id, variant_id, quantity, note, actor_id
  from unnest(
    ${rows.map((row) => row.sellerId)}::uuid[],
    ${rows.map((row) => row.variantId)}::uuid[],
    ${rows.map((row) => row.quantity)}::int[],
    ${rows.map((row) => row.note)}::text[],
    ${rows.map((row) => row.actorId)}::uuid[]
  ) with ordinality as queued (seller_id, variant_id, quantity, note, actor_id, place)
  order by place`

/** What is left of each; nothing left ends it. */
export const deleteQueued = (ids: readonly bigint[]) => sql`
  delete from queued_deposit
  where id = any(${ids}::bigint[])`

export const shortenQueued = (id: bigint, quantity: number) => sql`
  update queued_deposit
  set quantity = ${quantity}
  where id = ${id}`

/** Takes what waits of one variant back out of the queue. Index: queued_deposit_variant_id_idx. */
export const clearQueued = (variantId: string, sellerId: string) => sql<{ quantity: number }>`
  delete from queued_deposit
  where variant_id = ${variantId} and seller_id = ${sellerId}
  returning quantity`

/**
 * Whose waiting pieces may be published, and have room. Reads the stock of those who have any waiting, which few do.
 * Index: queued_deposit_seller_id_id_idx, stock_seller_id_idx.
 */
export const listQueueing = (capacity: number) => sql<{ sellerId: string }>`
  select seller.id as "sellerId"
  from seller
  where exists (
    select 1
    from queued_deposit
    join stock on stock.variant_id = queued_deposit.variant_id
    where queued_deposit.seller_id = seller.id and stock.on_sale
  ) and coalesce(seller.capacity, ${capacity}) > (
    select coalesce(sum(available), 0)
    from stock
    where seller_id = seller.id and on_sale
  )
  order by seller.id`
