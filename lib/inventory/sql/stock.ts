import { sql } from '#lib/db'
import type { MovementReason } from '#prisma/enums'
import type { StockRow } from '../types.ts'

/**
 * Locks the rows in the order every transaction takes them, with all versions of a product whose seller set a cap: it counts
 * what a buyer has of any of them. The ids are gathered first, as an array, so that the rows are looked up and not searched.
 * Index: stock_pkey, stock_product_id_idx.
 */
export const lockStock = (variantIds: readonly string[]) => sql<StockRow>`
  select variant_id as "variantId", product_id as "productId", on_hand as "onHand", available, anonymous, waiting, entries,
         next_position as "nextPosition", on_sale as "onSale", opens_at as "opensAt", cap, version
  from stock
  where variant_id = any(array(
    select unnest(${variantIds}::uuid[])
    union
    select sibling.variant_id
    from stock as capped
    join stock as sibling on sibling.product_id = capped.product_id
    where capped.variant_id = any(${variantIds}::uuid[]) and capped.cap is not null
  ))
  order by variant_id
  for update`

/** Locks the rows of one product, in the same order. Index: stock_product_id_idx. */
export const lockProductStock = (productId: string) => sql<{ variantId: string; available: number; onSale: boolean }>`
  select variant_id as "variantId", available, on_sale as "onSale"
  from stock
  where product_id = ${productId}
  order by variant_id
  for update`

/** Takes the seller's own row only. Index: stock_pkey. */
export const lockOwnStock = (variantId: string, sellerId: string) => sql<StockRow>`
  select variant_id as "variantId", product_id as "productId", on_hand as "onHand", available, anonymous, waiting, entries,
         next_position as "nextPosition", on_sale as "onSale", opens_at as "opensAt", cap, version
  from stock
  where variant_id = ${variantId} and seller_id = ${sellerId}
  for update`

/** The count as browsers see it. Index: stock_pkey or stock_product_id_idx. */
export const readStock = (variantIds: readonly string[], productIds: readonly string[]) => sql<StockRow>`
  select variant_id as "variantId", product_id as "productId", on_hand as "onHand", available, anonymous, waiting, entries,
         next_position as "nextPosition", on_sale as "onSale", opens_at as "opensAt", cap, version
  from stock
  where variant_id = any(${variantIds}::uuid[])
     or product_id = any(${productIds}::uuid[])
  order by variant_id`

/**
 * How many pieces of each product there ever were to buy: those in the house and those sold. Neither a hold nor a sale changes it.
 * Index: stock_product_id_idx, stock_movement_variant_id_created_at_idx.
 */
export const countPieces = (productIds: readonly string[]) => sql<{ productId: string; pieces: number }>`
  select stock.product_id as "productId", sum(stock.on_hand + coalesce(sold.pieces, 0))::int as pieces
  from stock
  left join lateral (
    select -sum(delta) as pieces
    from stock_movement
    where variant_id = stock.variant_id
      and reason in ('sale', 'return')
  ) as sold on true
  where stock.product_id = any(${productIds}::uuid[])
  group by stock.product_id`

/** Whose the variants are. Index: stock_pkey. */
export const listSellers = (variantIds: readonly string[]) => sql<{ variantId: string; sellerId: string }>`
  select variant_id as "variantId", seller_id as "sellerId"
  from stock
  where variant_id = any(${variantIds}::uuid[])`

export const insertStock = (row: { variantId: string; productId: string; sellerId: string; quantity: number }) => sql`
  insert into stock (variant_id, product_id, seller_id, on_hand, available)
  values (${row.variantId}, ${row.productId}, ${row.sellerId}, ${row.quantity}, ${row.quantity})`

export interface Movement {
  readonly id: string
  readonly variantId: string
  readonly delta: number
  readonly reason: MovementReason
  readonly note: string
  readonly actorId: string | null
  readonly orderId: string | null
}

export const insertMovements = (movements: readonly Movement[]) => sql`
  insert into stock_movement (id, variant_id, delta, reason, note, actor_id, order_id)
  select id, variant_id, delta, reason::movement_reason, note, actor_id, order_id
  from unnest(
    ${movements.map((movement) => movement.id)}::uuid[],
    ${movements.map((movement) => movement.variantId)}::uuid[],
    ${movements.map((movement) => movement.delta)}::int[],
    ${movements.map((movement) => movement.reason)}::text[],
    ${movements.map((movement) => movement.note)}::text[],
    ${movements.map((movement) => movement.actorId)}::uuid[],
    ${movements.map((movement) => movement.orderId)}::uuid[]
  ) as movement (id, variant_id, delta, reason, note, actor_id, order_id)`

/** What of a product is on sale, from when, and the most one buyer may have of it. Rows are locked by the caller. */
export const writeSale = (
  variantIds: readonly string[],
  onSale: readonly string[],
  opensAt: Date | null,
  cap: number | null,
) => sql<StockRow>`
  update stock
  set on_sale = variant_id = any(${onSale}::uuid[]), opens_at = ${opensAt}, cap = ${cap}, version = version + 1
  where variant_id = any(${variantIds}::uuid[])
  returning variant_id as "variantId", product_id as "productId", on_hand as "onHand", available, anonymous, waiting, entries,
            next_position as "nextPosition", on_sale as "onSale", opens_at as "opensAt", cap, version`

/** Rows are locked by the caller. */
export const stopSale = (variantIds: readonly string[]) => sql<StockRow>`
  update stock
  set on_sale = false, version = version + 1
  where variant_id = any(${variantIds}::uuid[])
  returning variant_id as "variantId", product_id as "productId", on_hand as "onHand", available, anonymous, waiting, entries,
            next_position as "nextPosition", on_sale as "onSale", opens_at as "opensAt", cap, version`
