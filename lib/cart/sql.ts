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

/**
 * Locks visitors' carts of that age, the oldest first. A cart into which a new line is just being written is passed over; into
 * a locked one none is, until this transaction ends. Index: cart_visitors_idx.
 */
export const lockOldVisitorCarts = (ageMs: number, most: number) => sql<{ id: string }>`
  select id
  from cart
  where buyer_id is null and created_at < now() - ${ageMs} * interval '1 millisecond'
    and not exists (select from hold where cart_id = cart.id and state = 'held')
  order by created_at
  limit ${most}
  for update skip locked`

/**
 * Deletes carts with their lines, all of them locked, but none that holds a piece: it may have come between the look and the lock.
 * Index: cart_pkey, hold_cart_id_variant_id_key.
 */
export const deleteEmptyHanded = (ids: readonly string[]) => sql<{ id: string }>`
  delete from cart
  where id = any(${ids}::uuid[]) and not exists (select from hold where cart_id = cart.id and state = 'held')
  returning id`

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

/** Locks the buyers' carts by id, as `lockCarts` does, and counts a checkout begun of each. Index: cart_buyer_id_key. */
export const countAttempts = (buyerIds: readonly string[]) => sql<{
  buyerId: string
  cartId: string
  attempt: number
}>`
  with locked as (
    select id
    from cart
    where buyer_id = any(${buyerIds}::uuid[])
    order by id
    for no key update
  )
  update cart
  set attempt = attempt + 1
  from locked
  where cart.id = locked.id
  returning buyer_id as "buyerId", cart.id as "cartId", attempt`

export interface LineRow extends StockFacts {
  readonly quantity: number
  readonly kind: HoldKind
  readonly state: HoldState
  readonly expiresAt: Date
  readonly now: Date
  readonly cartId: string
}

/** The lines of carts, or of buyers', with their counts, oldest first. Index: cart_pkey, cart_buyer_id_key, hold_cart_id_variant_id_key. */
export const listLines = (of: { cartIds?: readonly string[]; buyerIds?: readonly string[] }) => sql<LineRow>`
  select cart.id as "cartId", hold.variant_id as "variantId", hold.quantity, hold.kind, hold.state, hold.expires_at as "expiresAt",
         clock_timestamp() as now, stock.product_id as "productId", stock.on_hand as "onHand", stock.available,
         stock.waiting, stock.on_sale as "onSale", stock.opens_at as "opensAt", stock.version
  from cart
  join hold on hold.cart_id = cart.id and hold.state <> 'released'
  join stock on stock.variant_id = hold.variant_id
  where cart.id = any(${of.cartIds ?? []}::uuid[]) or cart.buyer_id = any(${of.buyerIds ?? []}::uuid[])
  order by hold.added_at, hold.variant_id`

/** Pieces in the cart, held or not. Index: hold_cart_id_variant_id_key. */
export const sumLines = (cartId: string | null, buyerId: string | null) => sql<{ pieces: number }>`
  select coalesce(sum(hold.quantity), 0)::int as pieces
  from cart
  join hold on hold.cart_id = cart.id and hold.state <> 'released'
  where cart.id = ${cartId}::uuid or cart.buyer_id = ${buyerId}::uuid`
