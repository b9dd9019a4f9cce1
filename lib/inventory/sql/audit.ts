import { sql } from '#lib/db'

/** What the database says of a variant, and what its other rows add up to. */
export interface StockBreach {
  readonly variantId: string
  readonly title: string
  readonly onHand: number
  readonly available: number
  /** Pieces in carts and checkouts, and of them those nobody has signed in for: as counted and as summed. */
  readonly held: number
  readonly anonymous: number
  readonly heldAnonymous: number
  /** Pieces set aside for the waitlist. */
  readonly offered: number
  /** Buyers without an offer, and all places: as counted and as there are. */
  readonly waiting: number
  readonly inLine: number
  readonly entries: number
  readonly places: number
  /** Pieces free although somebody waits for them. */
  readonly unserved: number
  /** Σ of all recorded changes of `on_hand`. */
  readonly moved: number
}

/**
 * Every variant whose numbers do not add up: on_hand = available + held + offered, on_hand = Σ movements,
 * 0 ≤ available ≤ on_hand, the counts of anonymous pieces and of the waitlist are what they count, and no piece is free that
 * somebody waits for (a drop that opened less than five seconds ago may not have been swept yet).
 * One statement sees one moment, so it may be asked at any time. Reads all of stock, hold, waitlist_entry, stock_movement.
 */
export const listBreaches = () => sql<StockBreach>`
  with held as (
    select variant_id, sum(quantity)::int as pieces, coalesce(sum(quantity) filter (where anonymous), 0)::int as anonymous
    from hold
    where state = 'held'
    group by variant_id
  ), line as (
    select variant_id, sum(offered)::int as offered, count(*)::int as places,
           count(*) filter (where offered_until is null)::int as in_line,
           bool_or(wanted > 0 and coalesce(offered_until > now(), true)) as wants
    from waitlist_entry
    group by variant_id
  ), moved as (
    select variant_id, sum(delta)::int as pieces from stock_movement group by variant_id
  ), found as (
    select stock.variant_id, product.title, on_hand, available, stock.anonymous, waiting, entries,
           coalesce(held.pieces, 0) as held, coalesce(held.anonymous, 0) as held_anonymous,
           coalesce(line.offered, 0) as offered, coalesce(line.places, 0) as places, coalesce(line.in_line, 0) as in_line,
           coalesce(moved.pieces, 0) as moved,
           case when line.wants and on_sale and coalesce(stock.opens_at < now() - interval '5 seconds', true)
             then available else 0 end as unserved
    from stock
    join product on product.id = stock.product_id
    left join held on held.variant_id = stock.variant_id
    left join line on line.variant_id = stock.variant_id
    left join moved on moved.variant_id = stock.variant_id
  )
  select variant_id as "variantId", title, on_hand as "onHand", available, held, anonymous, held_anonymous as "heldAnonymous",
         offered, waiting, in_line as "inLine", entries, places, unserved, moved
  from found
  where on_hand <> available + held + offered
     or on_hand <> moved
     or available not between 0 and on_hand
     or anonymous <> held_anonymous
     or waiting <> in_line
     or entries <> places
     or unserved > 0
  order by variant_id`

/** How much an audit looked at. All pieces of a market may be more than an int4 holds. */
export const countStock = () => sql<{
  variants: number
  pieces: number
  held: number
  offered: number
  movements: number
}>`
  select (select count(*)::int from stock) as variants,
         (select coalesce(sum(on_hand), 0)::float8 from stock) as pieces,
         (select coalesce(sum(quantity), 0)::float8 from hold where state = 'held') as held,
         (select coalesce(sum(offered), 0)::float8 from waitlist_entry) as offered,
         (select count(*)::int from stock_movement) as movements`
