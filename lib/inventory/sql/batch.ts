import { sql } from '#lib/db'
import type { HoldRow, StockRow } from '../types.ts'

/**
 * What a batch decided, in one statement: its lines as they shall be, new ones and changed ones, and one update per stock row.
 * The rows are locked by the caller, and the stock lock of each variant keeps any other writer of its lines away.
 * Index: hold_pkey, stock_pkey.
 */
export const writeBatch = (holds: readonly HoldRow[], stock: readonly StockRow[]) => sql<{
  variantId: string
  version: number
}>`
  with line as (
    insert into hold (id, cart_id, variant_id, kind, state, quantity, expires_at, first_held_at, added_at, bought, anonymous,
                      source, order_id)
    select id, cart_id, variant_id, kind, state, quantity, expires_at, first_held_at, added_at,
           bought, anonymous, source, order_id
    from unnest(
      ${holds.map((hold) => hold.id)}::uuid[],
      ${holds.map((hold) => hold.cartId)}::uuid[],
      ${holds.map((hold) => hold.variantId)}::uuid[],
      ${holds.map((hold) => hold.kind)}::hold_kind[],
      ${holds.map((hold) => hold.state)}::hold_state[],
      ${holds.map((hold) => hold.quantity)}::int[],
      ${holds.map((hold) => hold.expiresAt)}::timestamptz[],
      ${holds.map((hold) => hold.firstHeldAt)}::timestamptz[],
      ${holds.map((hold) => hold.addedAt)}::timestamptz[],
      ${holds.map((hold) => hold.bought)}::int[],
      ${holds.map((hold) => hold.anonymous)}::boolean[],
      ${holds.map((hold) => hold.source)}::text[],
      ${holds.map((hold) => hold.orderId)}::uuid[]
    ) as line (id, cart_id, variant_id, kind, state, quantity, expires_at, first_held_at, added_at, bought, anonymous, source,
               order_id)
    on conflict (id) do update
    set kind = excluded.kind, state = excluded.state, quantity = excluded.quantity, expires_at = excluded.expires_at,
        first_held_at = excluded.first_held_at, added_at = excluded.added_at, bought = excluded.bought,
        anonymous = excluded.anonymous, source = excluded.source, order_id = excluded.order_id
  )
  update stock
  set on_hand = next.on_hand, available = next.available, anonymous = next.anonymous, waiting = next.waiting,
      entries = next.entries, next_position = next.next_position, version = version + 1
  from unnest(
    ${stock.map((row) => row.variantId)}::uuid[],
    ${stock.map((row) => row.onHand)}::int[],
    ${stock.map((row) => row.available)}::int[],
    ${stock.map((row) => row.anonymous)}::int[],
    ${stock.map((row) => row.waiting)}::int[],
    ${stock.map((row) => row.entries)}::int[],
    ${stock.map((row) => row.nextPosition)}::int[]
  ) as next (variant_id, on_hand, available, anonymous, waiting, entries, next_position)
  where stock.variant_id = next.variant_id
  returning stock.variant_id as "variantId", version`
