import { sql } from '#lib/db'
import type { Cents } from '#lib/money'

/** Lets imports, deposits and publishing of one shop take turns. `capacity` is null where the market's own counts. Index: seller_pkey. */
export const lockSeller = (sellerId: string) => sql<{ capacity: number | null }>`
  select capacity
  from seller
  where id = ${sellerId}
  for no key update`

/**
 * Opens a shop, unless the picture is not the member's: then no row comes back.
 * Indexes seller_user_id_key and seller_handle_key decide who was first.
 */
export const insertSeller = (seller: {
  id: string
  userId: string
  handle: string
  name: string
  about: string
  pictureId: string | null
}) => sql<{ sellerId: string }>`
  insert into seller (id, user_id, handle, name, about, picture_id)
  select ${seller.id}::uuid, ${seller.userId}::uuid, ${seller.handle}, ${seller.name}, ${seller.about},
         ${seller.pictureId}::uuid
  where ${seller.pictureId}::uuid is null
    or exists (
      select 1
      from picture
      where picture.id = ${seller.pictureId}::uuid
        and picture.owner_id = ${seller.userId}::uuid
    )
  returning id as "sellerId"`

/**
 * Changes what is not null, and the picture where `setsPicture`; no row when the picture is not the owner's, or the shop is not at
 * one of the expected revisions, where there are some.
 */
export const updateSeller = (change: {
  sellerId: string
  name: string | null
  about: string | null
  setsPicture: boolean
  pictureId: string | null
  expected: readonly string[] | null
}) => sql<{ sellerId: string; handle: string }>`
  update seller
  set name = coalesce(${change.name}, name),
      about = coalesce(${change.about}, about),
      picture_id = case when ${change.setsPicture}::boolean then ${change.pictureId}::uuid else picture_id end,
      revision = revision + 1
  where id = ${change.sellerId}
    and (${change.expected}::text[] is null or revision::text = any(${change.expected}::text[]))
    and (
      ${change.pictureId}::uuid is null
      or exists (
        select 1
        from picture
        where picture.id = ${change.pictureId}::uuid
          and picture.owner_id = seller.user_id
      )
    )
  returning id as "sellerId", handle`

/** Index: seller_pkey. */
export const readRevisions = (sellerId: string) => sql<{ revision: number; shippingRevision: number }>`
  select revision, shipping_revision as "shippingRevision"
  from seller
  where id = ${sellerId}`

/** Under the shop's lock. Index: seller_pkey. */
export const raiseShippingRevision = (sellerId: string) => sql`
  update seller
  set shipping_revision = shipping_revision + 1
  where id = ${sellerId}`

export interface ShippingRow {
  readonly id: string
  readonly name: string
  readonly countries: readonly string[]
  readonly flatCents: Cents
  readonly perItemCents: Cents
  readonly freeOverCents: Cents | null
}

/** In the shop's order. Index: shipping_method_seller_id_position_key. */
export const listShipping = (sellerId: string) => sql<ShippingRow>`
  select id, name, countries::text[] as countries, flat_cents as "flatCents", per_item_cents as "perItemCents",
         free_over_cents as "freeOverCents"
  from shipping_method
  where seller_id = ${sellerId}
  order by position`

/** Index: shipping_method_seller_id_position_key. */
export const deleteShipping = (sellerId: string) => sql`
  delete from shipping_method
  where seller_id = ${sellerId}`

/** In their order. As JSON: an array of arrays, which countries would be, cannot be unnested by row. */
export const insertShipping = (sellerId: string, methods: readonly ShippingRow[]) => sql`
  insert into shipping_method (id, seller_id, position, name, countries, flat_cents, per_item_cents, free_over_cents)
  select id, ${sellerId}::uuid, position, name, countries, "flatCents", "perItemCents", "freeOverCents"
  from jsonb_to_recordset(${rowsJson(methods)}::jsonb) as method (
    id uuid, position int, name text, countries text[], "flatCents" bigint, "perItemCents" bigint, "freeOverCents" bigint
  )`

// Cents travel as text: a JSON number would pass through a float.
function rowsJson(methods: readonly ShippingRow[]): string {
  const rows = methods.map((method, position) => ({ ...method, position }))
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
}
