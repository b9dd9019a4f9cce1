import { sql } from '#lib/db'
import type { MovementReason } from '#prisma/enums'
import type { HoldRow, StockRow } from '../types.ts'

/** Locks the rows in the order every transaction takes them. Index: stock_pkey. */
export const lockStock = (variantIds: readonly string[]) => sql<StockRow>`
  select variant_id as "variantId", product_id as "productId", on_hand as "onHand", available, waiting,
         on_sale as "onSale", opens_at as "opensAt", cap, version
  from stock
  where variant_id = any(${variantIds}::uuid[])
  order by variant_id
  for update`

/** Locks the rows of one product, in the same order. Index: stock_product_id_idx. */
export const lockProductStock = (productId: string) => sql<StockRow>`
  select variant_id as "variantId", product_id as "productId", on_hand as "onHand", available, waiting,
         on_sale as "onSale", opens_at as "opensAt", cap, version
  from stock
  where product_id = ${productId}
  order by variant_id
  for update`

/** The count as browsers see it. Index: stock_pkey or stock_product_id_idx. */
export const readStock = (variantIds: readonly string[], productIds: readonly string[]) => sql<StockRow>`
  select variant_id as "variantId", product_id as "productId", on_hand as "onHand", available, waiting,
         on_sale as "onSale", opens_at as "opensAt", cap, version
  from stock
  where variant_id = any(${variantIds}::uuid[])
     or product_id = any(${productIds}::uuid[])
  order by variant_id`

/**
 * The lines of these carts and every due hold, of variants whose stock row is locked already: a fresh snapshot, because
 * a wait for that lock may have been long. Locks the holds by id.
 * Two lookups instead of one with `or`, which would read every hold of a hot variant; the clock is asked once, because an
 * index cannot search for what changes from row to row. Index: hold_cart_id_variant_id_key, hold_variant_due_idx.
 */
export const lockHolds = (variantIds: readonly string[], cartIds: readonly string[]) => sql<HoldRow>`
  select id, cart_id as "cartId", variant_id as "variantId", kind, state, quantity,
         expires_at as "expiresAt", first_held_at as "firstHeldAt", added_at as "addedAt"
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

/** How many lines each cart has, with the clock that decides. Carts without lines are missing. */
export const countLines = (cartIds: readonly string[]) => sql<{ cartId: string | null; lines: number; now: Date }>`
  select cart.id as "cartId", count(hold.id)::int as lines, clock_timestamp() as now
  from (select clock_timestamp()) as clock
  left join unnest(${cartIds}::uuid[]) as cart (id) on true
  left join hold on hold.cart_id = cart.id
  group by cart.id`

/** One update per row, which its caller has locked. */
export const writeAvailable = (variantIds: readonly string[], available: readonly number[]) => sql<StockRow>`
  update stock
  set available = next.available, version = version + 1
  from unnest(${variantIds}::uuid[], ${available}::int[]) as next (variant_id, available)
  where stock.variant_id = next.variant_id
  returning stock.variant_id as "variantId", product_id as "productId", on_hand as "onHand", stock.available, waiting,
            on_sale as "onSale", opens_at as "opensAt", cap, version`

export const deleteHolds = (ids: readonly string[]) => sql`
  delete from hold
  where id = any(${ids}::uuid[])`

/** Only for holds locked by `lockHolds`: their pieces are given back by the same transaction. */
export const lapseHolds = (ids: readonly string[]) => sql`
  update hold
  set state = 'lapsed'
  where id = any(${ids}::uuid[])`

/** New lines and changed ones. The stock lock of each variant keeps any other writer of its lines away. */
export const putHolds = (holds: readonly HoldRow[]) => sql`
  insert into hold (id, cart_id, variant_id, kind, state, quantity, expires_at, first_held_at, added_at)
  select id, cart_id, variant_id, 'cart', 'held', quantity, expires_at, first_held_at, added_at
  from unnest(
    ${holds.map((hold) => hold.id)}::uuid[],
    ${holds.map((hold) => hold.cartId)}::uuid[],
    ${holds.map((hold) => hold.variantId)}::uuid[],
    ${holds.map((hold) => hold.quantity)}::int[],
    ${holds.map((hold) => hold.expiresAt)}::timestamptz[],
    ${holds.map((hold) => hold.firstHeldAt)}::timestamptz[],
    ${holds.map((hold) => hold.addedAt)}::timestamptz[]
  ) as line (id, cart_id, variant_id, quantity, expires_at, first_held_at, added_at)
  on conflict (id) do update
  set state = 'held', kind = 'cart', quantity = excluded.quantity,
      expires_at = excluded.expires_at, first_held_at = excluded.first_held_at`

/** What has a hold that is due, the longest first. Index: hold_due_idx. */
export const listDueVariants = (most: number) => sql<{ variantId: string }>`
  select variant_id as "variantId"
  from hold
  where state = 'held' and kind <> 'checkout' and expires_at <= (select clock_timestamp())
  group by variant_id
  order by min(expires_at)
  limit ${most}`

export const insertStock = (row: { variantId: string; productId: string; sellerId: string; quantity: number }) => sql`
  insert into stock (variant_id, product_id, seller_id, on_hand, available)
  values (${row.variantId}, ${row.productId}, ${row.sellerId}, ${row.quantity}, ${row.quantity})`

export const insertMovement = (movement: {
  id: string
  variantId: string
  delta: number
  reason: MovementReason
  note: string
  actorId: string | null
  orderId: string | null
}) => sql`
  insert into stock_movement (id, variant_id, delta, reason, note, actor_id, order_id)
  values (${movement.id}, ${movement.variantId}, ${movement.delta}, ${movement.reason}, ${movement.note},
          ${movement.actorId}, ${movement.orderId})`

/** Takes the seller's own row only. Index: stock_pkey. */
export const lockOwnStock = (variantId: string, sellerId: string) => sql<StockRow>`
  select variant_id as "variantId", product_id as "productId", on_hand as "onHand", available, waiting,
         on_sale as "onSale", opens_at as "opensAt", cap, version
  from stock
  where variant_id = ${variantId} and seller_id = ${sellerId}
  for update`

/** Moves `on_hand` and `available` together; the row is locked by its caller. */
export const addOnHand = (variantId: string, delta: number) => sql<StockRow>`
  update stock
  set on_hand = on_hand + ${delta}, available = available + ${delta}, version = version + 1
  where variant_id = ${variantId}
  returning variant_id as "variantId", product_id as "productId", on_hand as "onHand", available, waiting,
            on_sale as "onSale", opens_at as "opensAt", cap, version`

/** Rows are locked by the caller. */
export const writeSale = (variantIds: readonly string[], onSale: boolean, opensAt: Date | null, cap: number | null) =>
  sql<StockRow>`
  update stock
  set on_sale = ${onSale}, opens_at = ${opensAt}, cap = ${cap}, version = version + 1
  where variant_id = any(${variantIds}::uuid[])
  returning variant_id as "variantId", product_id as "productId", on_hand as "onHand", available, waiting,
            on_sale as "onSale", opens_at as "opensAt", cap, version`

export const stopSale = (variantIds: readonly string[]) => sql<StockRow>`
  update stock
  set on_sale = false, version = version + 1
  where variant_id = any(${variantIds}::uuid[])
  returning variant_id as "variantId", product_id as "productId", on_hand as "onHand", available, waiting,
            on_sale as "onSale", opens_at as "opensAt", cap, version`
