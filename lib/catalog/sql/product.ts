import { sql } from '#lib/db'
import type { ProductStatus } from '#prisma/enums'
import type { ProductRow, ProductTexts, VariantRow } from '../types.ts'

/**
 * New drafts; no row comes back for one whose slug is taken. Index product_slug_key decides between two at once: who comes
 * second waits there for the first to commit, hence by slug.
 */
export const insertProducts = (
  products: readonly (ProductTexts & {
    readonly id: string
    readonly sellerId: string
    readonly slug: string
    readonly optionNames: readonly string[]
    readonly opensAt: Date | null
    readonly importHandle: string | null
  })[],
) => sql<{ id: string; slug: string }>`
  insert into product (id, seller_id, slug, title, description, category_slug, condition, keywords, option_names,
                       opens_at, import_handle)
  select id, "sellerId", slug, title, description, "categorySlug", condition,
         array(select jsonb_array_elements_text(keywords)), array(select jsonb_array_elements_text("optionNames")),
         "opensAt", "importHandle"
  from jsonb_to_recordset(${JSON.stringify(products)}::jsonb) as row (
    id uuid, "sellerId" uuid, slug text, title text, description text, "categorySlug" text, condition condition,
    keywords jsonb, "optionNames" jsonb, "opensAt" timestamptz, "importHandle" text
  )
  order by slug
  on conflict (slug) do nothing
  returning id, slug`

/**
 * The seller's own product, locked against other edits of it. Its stock is not locked: that comes after, in inventory.
 * `for no key update`, so that an order's foreign key need not wait. Index: product_pkey, stock_product_id_idx.
 */
export const lockOwnProduct = (id: string, sellerId: string) => sql<ProductRow>`
  select id, seller_id as "sellerId", slug, status, opens_at as "opensAt", revision,
         (select max(cap) from stock where stock.product_id = product.id) as cap
  from product
  where id = ${id} and seller_id = ${sellerId}
  for no key update`

/** Changes what is not null, and `opens_at` where `setsOpensAt`. The row is locked by the caller. */
export const updateProduct = (
  id: string,
  change: { readonly [key in keyof ProductTexts]: ProductTexts[key] | null } & {
    readonly setsOpensAt: boolean
    readonly opensAt: Date | null
  },
) => sql<{ revision: number }>`
  update product
  set title = coalesce(${change.title}, title),
      description = coalesce(${change.description}, description),
      category_slug = coalesce(${change.categorySlug}, category_slug),
      condition = coalesce(${change.condition}::condition, condition),
      keywords = coalesce(${change.keywords}::text[], keywords),
      opens_at = case when ${change.setsOpensAt}::boolean then ${change.opensAt}::timestamptz else opens_at end,
      revision = revision + 1
  where id = ${id}
  returning revision`

export const writeOptionNames = (id: string, optionNames: readonly string[]) => sql<{ revision: number }>`
  update product
  set option_names = ${optionNames}, revision = revision + 1
  where id = ${id}
  returning revision`

export const raiseRevision = (id: string) => sql<{ revision: number }>`
  update product
  set revision = revision + 1
  where id = ${id}
  returning revision`

/** The moment of the first publishing stays: it is the product's place among the newest. */
export const writeStatus = (id: string, status: ProductStatus) => sql<{ revision: number }>`
  update product
  set status = ${status}::product_status,
      published_at = case when ${status} = 'published' then coalesce(published_at, now()) else published_at end,
      revision = revision + 1
  where id = ${id}
  returning revision`

/** All versions a product ever had. Index: variant_product_id_position_idx. */
export const listVariants = (productId: string) => sql<{
  id: string
  optionValues: string[]
  priceCents: bigint
  isRetired: boolean
}>`
  select id, option_values as "optionValues", price_cents as "priceCents", retired_at is not null as "isRetired"
  from variant
  where product_id = ${productId}
  order by position, id`

export const insertVariants = (variants: readonly (VariantRow & { readonly productId: string })[]) => sql`
  insert into variant (id, product_id, position, option_values, sku, price_cents, compare_at_cents)
  select id, "productId", position, array(select jsonb_array_elements_text("optionValues")), sku, "priceCents",
         "compareAtCents"
  from jsonb_to_recordset(${jsonOf(variants)}::jsonb) as row (
    id uuid, "productId" uuid, position int, "optionValues" jsonb, sku text, "priceCents" bigint,
    "compareAtCents" bigint
  )`

/** Only versions of the product, which its caller has locked. */
export const updateVariants = (productId: string, variants: readonly VariantRow[]) => sql`
  update variant
  set position = row.position,
      option_values = array(select jsonb_array_elements_text(row."optionValues")),
      sku = row.sku,
      price_cents = row."priceCents",
      compare_at_cents = row."compareAtCents"
  from jsonb_to_recordset(${jsonOf(variants)}::jsonb) as row (
    id uuid, position int, "optionValues" jsonb, sku text, "priceCents" bigint, "compareAtCents" bigint
  )
  where variant.id = row.id
    and variant.product_id = ${productId}`

/** One version: the price that is not null, and the rest where it says so. Its product is locked by the caller. */
export const updateVariant = (
  id: string,
  change: {
    readonly priceCents: bigint | null
    readonly setsCompareAt: boolean
    readonly compareAtCents: bigint | null
    readonly setsSku: boolean
    readonly sku: string | null
  },
) => sql`
  update variant
  set price_cents = coalesce(${change.priceCents}::bigint, price_cents),
      compare_at_cents = case
        when ${change.setsCompareAt}::boolean then ${change.compareAtCents}::bigint
        else compare_at_cents
      end,
      sku = case when ${change.setsSku}::boolean then ${change.sku}::text else sku end
  where id = ${id}`

/** A version that was ever sold is needed by its orders: it is retired, not deleted. */
export const retireVariants = (ids: readonly string[]) => sql`
  update variant
  set retired_at = now()
  where id = any(${ids}::uuid[])
    and retired_at is null`

export const deletePictures = (productId: string) => sql`
  delete from product_picture
  where product_id = ${productId}`

/** In the order given. */
export const insertPictures = (productId: string, pictures: readonly { id: string; alt: string }[]) => sql`
  insert into product_picture (product_id, picture_id, position, alt)
  select ${productId}::uuid, id, position - 1, alt
  from unnest(
    ${pictures.map((picture) => picture.id)}::uuid[],
    ${pictures.map((picture) => picture.alt)}::text[]
  ) with ordinality as picture (id, alt, position)`

/** Money as a string: JSON numbers lose digits. */
function jsonOf(variants: readonly VariantRow[]): string {
  return JSON.stringify(variants, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
}

/** What the versions of products cost now; nothing of a draft, which is its seller's alone. Index: variant_product_id_position_idx, product_pkey. */
export const readPrices = (productIds: readonly string[]) => sql<{
  variantId: string
  productId: string
  priceCents: bigint
  compareAtCents: bigint | null
  version: number
}>`
  select variant.id as "variantId", variant.product_id as "productId", variant.price_cents as "priceCents",
         variant.compare_at_cents as "compareAtCents", product.revision as version
  from variant
  join product on product.id = variant.product_id
  where variant.product_id = any(${productIds}::uuid[]) and variant.retired_at is null
    and product.status <> 'draft' and product.published_at is not null`
