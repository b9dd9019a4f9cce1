import type { Tx } from '#lib/db'
import { newId } from '#lib/ids'
import { lockStock } from '#lib/inventory/sql/stock'
import { enqueue } from '#lib/jobs/commands'
import { lockSeller } from '#lib/sellers/sql'
import type { PlanNote, PlannedProduct } from '../rules/shopify.ts'
import { lockImported } from '../sql/import.ts'
import { FETCH_PICTURE, type FetchPicture, type ImportedRow } from '../types.ts'
import { applySale, writeDrafts } from './draft.ts'
import { updateImported, type Sale } from './update-imported.ts'

/** What became of some products of a file. */
export interface Written {
  readonly products: number
  readonly variants: number
  readonly pictures: number
  readonly notes: readonly PlanNote[]
}

interface Run {
  readonly importId: string
  readonly sellerId: string
  readonly actorId: string
}

/**
 * A step of the import: writes these products, new ones as drafts, those that were imported before by `updateImported`.
 * Concurrency: locks the seller, then what is there by id, then stock by variant id, so that imports of a shop take turns.
 */
export async function writeImported(tx: Tx, run: Run, products: readonly PlannedProduct[]): Promise<Written> {
  const { sellerId } = run
  await tx.run(lockSeller(sellerId))
  const rows = await tx.run(
    lockImported(
      sellerId,
      products.map(({ handle }) => handle),
    ),
  )
  const known = new Map(rows.map((row) => [row.handle, row]))
  const fresh = products.filter(({ handle }) => !known.has(handle))
  const written = [await writeFresh(tx, run, fresh)]
  const sales: Sale[] = []
  for (const product of products) {
    const row = known.get(product.handle)
    if (row) written.push(await writeKnown(tx, run, { row, product, sales }))
  }
  await applySales(tx, sales)
  return {
    products: products.length,
    variants: written.reduce((sum, each) => sum + each.variants, 0),
    pictures: written.reduce((sum, each) => sum + each.pictures, 0),
    notes: written.flatMap((each) => each.notes),
  }
}

async function writeFresh(tx: Tx, run: Run, products: readonly PlannedProduct[]): Promise<Omit<Written, 'products'>> {
  const drafts = products.map(({ handle: importHandle, texts, optionNames, variants }) => {
    return { texts, optionNames, variants, opensAt: null, cap: null, importHandle }
  })
  const made = await writeDrafts(tx, run, drafts)
  let [variants, pictures] = [0, 0]
  const notes: PlanNote[] = []
  for (const [index, product] of products.entries()) {
    await fetchLater(tx, run, made[index]?.productId ?? '', product.pictures)
    variants += product.variants.length
    pictures += product.pictures.length
    const counts = `${count(product.variants.length, 'version')}, ${count(product.pictures.length, 'picture')}`
    notes.push(taken(product, `New draft: ${counts} to fetch.`))
  }
  return { variants, pictures, notes }
}

async function writeKnown(
  tx: Tx,
  run: Run,
  { row, product, sales }: { row: ImportedRow; product: PlannedProduct; sales: Sale[] },
): Promise<Omit<Written, 'products'>> {
  const { variants, notes, sale } = await updateImported(tx, { ...run, known: row, product })
  if (sale) sales.push(sale)
  const wanted = row.pictures > 0 ? [] : product.pictures
  await fetchLater(tx, run, row.id, wanted)
  const message = 'Imported before: texts and prices are updated, stock and status stay as they are.'
  return { variants, pictures: wanted.length, notes: [taken(product, message), ...notes] }
}

/** Locks the stock of all of them at once and in the order buyers do: product after product they would meet head on. */
async function applySales(tx: Tx, sales: readonly Sale[]): Promise<void> {
  if (sales.length === 0) return
  await tx.run(lockStock(sales.flatMap((sale) => sale.variantIds)))
  for (const sale of sales) await applySale(tx, sale)
}

/** As part of the transaction: no picture is fetched for a product that did not come in. */
async function fetchLater(
  tx: Tx,
  { importId, sellerId, actorId }: Run,
  productId: string,
  pictures: PlannedProduct['pictures'],
): Promise<void> {
  for (const [position, picture] of pictures.entries()) {
    const job: FetchPicture = { importId, productId, sellerId, actorId, ...picture, position, noteId: newId() }
    await enqueue(tx, FETCH_PICTURE, job, `seller ${sellerId}`)
  }
}

function taken(product: PlannedProduct, message: string): PlanNote {
  return { line: product.line, kind: 'taken', field: product.handle, message }
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}
