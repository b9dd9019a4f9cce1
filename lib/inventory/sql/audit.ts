import { sql } from '#lib/db'

/** What the database says of a variant, and what it should. */
export interface StockBreach {
  readonly variantId: string
  readonly title: string
  readonly onHand: number
  readonly available: number
  /** Pieces in carts, checkouts and offers. */
  readonly held: number
  /** Σ of all recorded changes of `on_hand`. */
  readonly moved: number
}

/**
 * Every variant whose numbers do not add up: on_hand = available + held, on_hand = Σ movements, 0 ≤ available ≤ on_hand.
 * One statement sees one moment, so it may be asked at any time. Reads all of stock, hold and stock_movement.
 */
export const listBreaches = () => sql<StockBreach>`
  with held as (
    select variant_id, sum(quantity)::int as pieces from hold where state = 'held' group by variant_id
  ), moved as (
    select variant_id, sum(delta)::int as pieces from stock_movement group by variant_id
  )
  select stock.variant_id as "variantId", product.title, on_hand as "onHand", available,
         coalesce(held.pieces, 0) as held, coalesce(moved.pieces, 0) as moved
  from stock
  join product on product.id = stock.product_id
  left join held on held.variant_id = stock.variant_id
  left join moved on moved.variant_id = stock.variant_id
  where on_hand <> available + coalesce(held.pieces, 0)
     or on_hand <> coalesce(moved.pieces, 0)
     or available not between 0 and on_hand
  order by stock.variant_id`

/** How much an audit looked at. All pieces of a market may be more than an int4 holds. */
export const countStock = () => sql<{ variants: number; pieces: number; held: number; movements: number }>`
  select (select count(*)::int from stock) as variants,
         (select coalesce(sum(on_hand), 0)::float8 from stock) as pieces,
         (select coalesce(sum(quantity), 0)::float8 from hold where state = 'held') as held,
         (select count(*)::int from stock_movement) as movements`
