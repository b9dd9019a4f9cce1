import { sql } from '#lib/db'

/** Locks carts' lines by id, the order a batch takes them in. Index: hold_cart_id_variant_id_key. */
export const lockCartHolds = (cartIds: readonly string[]) => sql`
  select 1
  from hold
  where cart_id = any(${cartIds}::uuid[])
  order by id
  for update`

/** Which counts a merge has to lock before it touches the lines. Index: hold_cart_id_variant_id_key. */
export const listCartVariants = (cartId: string) => sql<{ variantId: string }>`
  select variant_id as "variantId"
  from hold
  where cart_id = ${cartId}
  order by added_at, id`

/**
 * From here on only the orders move these holds. A line that is due but not yet swept does not go along.
 * The kind is compared as text, so that the index of all lines that may fall due is none for this. Index: hold_cart_id_variant_id_key.
 */
export const holdForOrders = (orders: readonly { cartId: string; orderId: string }[], deadlineMs: number) => sql<{
  orderId: string
  variantId: string
  quantity: number
}>`
  update hold
  set kind = 'checkout', order_id = "order".id,
      expires_at = clock_timestamp() + ${deadlineMs} * interval '1 millisecond'
  from unnest(
    ${orders.map((order) => order.cartId)}::uuid[],
    ${orders.map((order) => order.orderId)}::uuid[]
  ) as "order" (cart_id, id)
  where hold.cart_id = "order".cart_id and kind::text = 'cart' and state = 'held' and expires_at > clock_timestamp()
  returning "order".id as "orderId", variant_id as "variantId", quantity`

/**
 * Gives a failed payment's lines back to the cart with a short time, never past the limit since they were first held. Where that
 * is over the time ends now and not then: until now the pieces were kept from others, and the buyer's rest begins.
 */
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
      expires_at = greatest(clock_timestamp(), least(
        greatest(first_held_at + ${ttlMs} * interval '1 millisecond',
                 clock_timestamp() + ${graceMs} * interval '1 millisecond'),
        first_held_at + ${limitMs} * interval '1 millisecond'))
  from line
  where hold.id = line.id
  returning variant_id as "variantId"`

/** Index: hold_order_id_idx. */
export const listOrderHolds = (orderIds: readonly string[]) => sql<{
  orderId: string
  cartId: string
  variantId: string
}>`
  select order_id as "orderId", cart_id as "cartId", variant_id as "variantId"
  from hold
  where order_id = any(${orderIds}::uuid[]) and kind = 'checkout'
  order by id`
