import { sql } from '#lib/db'
import type { ImportStatus } from '#prisma/enums'
import type { PlanNote } from '../rules/shopify.ts'
import type { ImportedRow } from '../types.ts'

/** A new run. `pictures` counts what is still to do, the writing of the products itself as one. */
export const insertImport = (run: { id: string; sellerId: string; fileName: string; pictures: number }) => sql`
  insert into import_run (id, seller_id, file_name, pictures)
  values (${run.id}, ${run.sellerId}, ${run.fileName}, ${run.pictures})`

export const insertNotes = (importId: string, notes: readonly (PlanNote & { readonly id: string })[]) => sql`
  insert into import_note (id, import_id, line, kind, field, message)
  select id, ${importId}::uuid, line, kind, field, message
  from jsonb_to_recordset(${JSON.stringify(notes)}::jsonb) as note (
    id uuid, line int, kind import_note_kind, field text, message text
  )`

/** A note that is written once: no row comes back when it was there already. Index: import_note_pkey. */
export const insertNoteOnce = (importId: string, note: PlanNote & { readonly id: string }) => sql<{ id: string }>`
  insert into import_note (id, import_id, line, kind, field, message)
  values (${note.id}, ${importId}, ${note.line}, ${note.kind}::import_note_kind, ${note.field}, ${note.message})
  on conflict (id) do nothing
  returning id`

/** Index: import_note_pkey. */
export const hasNote = (id: string) => sql<{ id: string }>`
  select id
  from import_note
  where id = ${id}`

/** So many products more, with so many versions in all. */
export const countProducts = (importId: string, products: number, variants: number) => sql`
  update import_run
  set products = products + ${products}, variants = variants + ${variants}
  where id = ${importId}`

/** So many things less to do; the last one ends the run. */
export const settleImport = (importId: string, things: number) => sql<{ status: ImportStatus; picturesLeft: number }>`
  update import_run
  set pictures = greatest(pictures - ${things}, 0),
      status = case when pictures <= ${things} then 'done' else status end,
      finished_at = case when pictures <= ${things} then now() else finished_at end
  where id = ${importId}
  returning status, pictures as "picturesLeft"`

/**
 * What these handles became when they were imported before, locked against other edits, by id.
 * Index: product_seller_id_import_handle_key, product_picture_pkey, stock_product_id_idx.
 */
export const lockImported = (sellerId: string, handles: readonly string[]) => sql<ImportedRow>`
  select id, seller_id as "sellerId", slug, status, opens_at as "opensAt", import_handle as handle,
         option_names as "optionNames",
         (select max(cap) from stock where stock.product_id = product.id) as cap,
         (select count(*)::int from product_picture where product_id = product.id) as pictures
  from product
  where seller_id = ${sellerId} and import_handle = any(${handles}::text[])
  order by id
  for no key update`

/**
 * One picture more, while there is room and nothing at its place: two imports of a file in a row do not double it.
 * No row when it was not hung. The product is locked by the caller.
 */
export const appendPicture = (
  productId: string,
  picture: { id: string; position: number; alt: string; most: number },
) =>
  sql<{ id: string }>`
  insert into product_picture (product_id, picture_id, position, alt)
  select ${productId}::uuid, ${picture.id}::uuid, ${picture.position}, ${picture.alt}
  where (select count(*) from product_picture where product_id = ${productId}::uuid) < ${picture.most}
    and not exists (
      select 1
      from product_picture
      where product_id = ${productId}::uuid and position = ${picture.position}
    )
  returning picture_id as id`
