import { sql } from '#lib/db'
import type { HoldState, HoldKind } from '#prisma/enums'
import type { StockFacts } from '#lib/inventory/types'

/** Makes the buyer's cart, unless there is one: two devices at once end with the same. Index: cart_buyer_id_key. */
export const insertBuyerCart = (id: string, buyerId: string) => sql`
  insert into cart (id, buyer_id)
  values (${id}, ${buyerId})
  on conflict (buyer_id) do nothing`

export const insertAnonymousCart = (id: string) => sql`
  insert into cart (id)
  values (${id})`

/** Index: cart_buyer_id_key. */
export const findBuyerCart = (buyerId: string) => sql<{ id: string }>`
  select id
  from cart
  where buyer_id = ${buyerId}`

/** Never `for update`: a hold's foreign key takes `key share` on its cart, which that would block. */
export const lockCarts = (ids: readonly string[]) => sql<{ id: string; buyerId: string | null; attempt: number }>`
  select id, buyer_id as "buyerId", attempt
  from cart
  where id = any(${ids}::uuid[])
  order by id
  for no key update`

/** Locks the buyer's cart, as `lockCarts` does, and counts a checkout begun. Index: cart_buyer_id_key. */
export const countAttempt = (buyerId: string) => sql<{ cartId: string; attempt: number }>`
  update cart
  set attempt = attempt + 1
  where buyer_id = ${buyerId}
  returning id as "cartId", attempt`

export interface LineRow extends StockFacts {
  readonly quantity: number
  readonly kind: HoldKind
  readonly state: HoldState
  readonly expiresAt: Date
  readonly now: Date
}

/** The lines of a cart, or of a buyer's, with their counts, oldest first. Index: cart_pkey, cart_buyer_id_key, hold_cart_id_variant_id_key. */
export const listLines = (cartId: string | null, buyerId: string | null) => sql<LineRow>`
  select hold.variant_id as "variantId", hold.quantity, hold.kind, hold.state, hold.expires_at as "expiresAt",
         clock_timestamp() as now, stock.product_id as "productId", stock.on_hand as "onHand", stock.available,
         stock.waiting, stock.on_sale as "onSale", stock.opens_at as "opensAt", stock.version
  from cart
  join hold on hold.cart_id = cart.id and hold.state <> 'released'
  join stock on stock.variant_id = hold.variant_id
  where cart.id = ${cartId}::uuid or cart.buyer_id = ${buyerId}::uuid
  order by hold.added_at, hold.variant_id`

/** Pieces in the cart, held or not. Index: hold_cart_id_variant_id_key. */
export const sumLines = (cartId: string | null, buyerId: string | null) => sql<{ pieces: number }>`
  select coalesce(sum(hold.quantity), 0)::int as pieces
  from cart
  join hold on hold.cart_id = cart.id and hold.state <> 'released'
  where cart.id = ${cartId}::uuid or cart.buyer_id = ${buyerId}::uuid`
