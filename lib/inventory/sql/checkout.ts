import { sql } from '#lib/db'
import type { HoldRow, StockRow } from '../types.ts'

/** Locks a cart's lines by id, the order a batch takes them in. Index: hold_cart_id_variant_id_key. */
export const lockCartHolds = (cartId: string) => sql<HoldRow>`
  select id, cart_id as "cartId", variant_id as "variantId", kind, state, quantity,
         expires_at as "expiresAt", first_held_at as "firstHeldAt", added_at as "addedAt"
  from hold
  where cart_id = ${cartId}
  order by id
  for update`

/** Which counts a merge has to lock before it touches the lines. Index: hold_cart_id_variant_id_key. */
export const listCartVariants = (cartId: string) => sql<{ variantId: string }>`
  select variant_id as "variantId"
  from hold
  where cart_id = ${cartId}`

/** From here on only the order moves these holds. A line that is due but not yet swept does not go along. */
export const holdForOrder = (cartId: string, orderId: string, deadlineMs: number) => sql<{
  variantId: string
  quantity: number
}>`
  update hold
  set kind = 'checkout', order_id = ${orderId}, expires_at = clock_timestamp() + ${deadlineMs} * interval '1 millisecond'
  where cart_id = ${cartId} and kind = 'cart' and state = 'held' and expires_at > clock_timestamp()
  returning variant_id as "variantId", quantity`

/** Gives a failed payment's lines back to the cart with a short time, never past the limit since they were first held. */
export const returnFromOrder = (orderId: string, ttlMs: number, graceMs: number, limitMs: number) => sql<{
  variantId: string
}>`
  with line as (
    select id
    from hold
    where order_id = ${orderId} and kind = 'checkout'
    order by id
    for update
  )
  update hold
  set kind = 'cart', order_id = null,
      expires_at = least(
        greatest(first_held_at + ${ttlMs} * interval '1 millisecond',
                 clock_timestamp() + ${graceMs} * interval '1 millisecond'),
        first_held_at + ${limitMs} * interval '1 millisecond')
  from line
  where hold.id = line.id
  returning variant_id as "variantId"`

/** Index: hold_order_id_idx. */
export const listOrderVariants = (orderIds: readonly string[]) => sql<{ variantId: string }>`
  select distinct variant_id as "variantId"
  from hold
  where order_id = any(${orderIds}::uuid[]) and kind = 'checkout'`

/** The pieces leave: their stock rows are locked by the caller, so nobody else counts them meanwhile. */
export const deleteOrderHolds = (orderIds: readonly string[]) => sql<{
  orderId: string
  variantId: string
  quantity: number
}>`
  delete from hold
  where order_id = any(${orderIds}::uuid[]) and kind = 'checkout' and state = 'held'
  returning order_id as "orderId", variant_id as "variantId", quantity`

/** Held pieces were out of `available` already: only `on_hand` falls. */
export const takeOnHand = (variantIds: readonly string[], quantities: readonly number[]) => sql<StockRow>`
  update stock
  set on_hand = on_hand - sold.quantity, version = version + 1
  from unnest(${variantIds}::uuid[], ${quantities}::int[]) as sold (variant_id, quantity)
  where stock.variant_id = sold.variant_id
  returning stock.variant_id as "variantId", product_id as "productId", on_hand as "onHand", available, waiting,
            on_sale as "onSale", opens_at as "opensAt", cap, version`

export const insertSales = (
  sales: readonly { id: string; orderId: string; variantId: string; quantity: number }[],
) => sql`
  insert into stock_movement (id, variant_id, delta, reason, order_id)
  select id, variant_id, -quantity, 'sale', order_id
  from unnest(
    ${sales.map((sale) => sale.id)}::uuid[],
    ${sales.map((sale) => sale.variantId)}::uuid[],
    ${sales.map((sale) => sale.quantity)}::int[],
    ${sales.map((sale) => sale.orderId)}::uuid[]
  ) as sale (id, variant_id, quantity, order_id)`

/** Moves a line into another cart as it is. Stock and both carts are locked by the caller. */
export const moveHold = (id: string, toCartId: string) => sql`
  update hold
  set cart_id = ${toCartId}
  where id = ${id}`

/** Joins two lines of one variant. The earlier end stays: merging extends nothing. */
export const setHold = (id: string, hold: Pick<HoldRow, 'state' | 'quantity' | 'expiresAt' | 'firstHeldAt'>) => sql`
  update hold
  set state = ${hold.state}, quantity = ${hold.quantity}, expires_at = ${hold.expiresAt},
      first_held_at = ${hold.firstHeldAt}
  where id = ${id}`
