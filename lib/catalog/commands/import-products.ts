import { isOverload, transact, transaction, type Tx } from '#lib/db'
import { newId } from '#lib/ids'
import { enqueue } from '#lib/jobs/commands'
import { ok, refuse, type Result } from '#lib/result'
import type { CatalogCode } from '../errors.ts'
import { planShopifyImport, type PlanNote, type PlannedProduct } from '../rules/shopify.ts'
import * as statements from '../sql/import.ts'
import { FETCH_PICTURE, type FetchPicture, type ImportReport } from '../types.ts'
import { writeDraft } from './draft.ts'
import { updateImported } from './update-imported.ts'

interface Upload {
  readonly sellerId: string
  readonly actorId: string
  readonly fileName: string
  readonly bytes: Uint8Array
  /** The same report, and nothing written. */
  readonly dryRun: boolean
}

interface Written {
  readonly variants: number
  readonly pictures: number
  readonly notes: readonly PlanNote[]
}

/**
 * Takes a Shopify product file in as drafts. Pictures are fetched later, by jobs.
 * Guarantees: each product comes in whole or not at all, the others go on; importing a file again, or after a crash in
 * between, updates texts and prices of what is there, and never its stock.
 * Concurrency: products of one shop are written one at a time.
 * Refuses: a file that cannot be read as a whole, by the codes that begin with `import-`.
 */
export async function importProducts(upload: Upload): Promise<Result<ImportReport, CatalogCode>> {
  const plan = planShopifyImport(upload.bytes)
  if (!plan.ok) return plan
  const { products, notes } = plan.value
  const importId = newId()
  const planned = products.reduce((sum, product) => sum + product.pictures.length, 0)
  if (!upload.dryRun) {
    await transact(async (tx) => {
      const { sellerId, fileName } = upload
      await tx.run(statements.insertImport({ id: importId, sellerId, fileName, pictures: planned + 1 }))
      await tx.run(statements.insertNotes(importId, notes.map(withId)))
    })
  }
  const written: Written[] = []
  try {
    for (const product of products) written.push(await tryOne(upload, importId, product))
  } finally {
    // Beside the writing itself, pictures of products that have some already, or did not come in, are not waited for.
    const waited = written.reduce((sum, each) => sum + each.pictures, 0)
    if (!upload.dryRun) await transact((tx) => tx.run(statements.settleImport(importId, planned - waited + 1)))
  }
  const pictures = written.reduce((sum, each) => sum + each.pictures, 0)
  return ok({
    importId: upload.dryRun ? null : importId,
    fileName: upload.fileName,
    products: written.filter((each) => each.variants > 0).length,
    variants: written.reduce((sum, each) => sum + each.variants, 0),
    pictures,
    notes: [...notes, ...written.flatMap((each) => each.notes)].sort((left, right) => left.line - right.line),
  })
}

/** One that cannot be written just then, because its rows are locked for too long, is refused and the others go on. */
async function tryOne(upload: Upload, importId: string, product: PlannedProduct): Promise<Written> {
  try {
    return await importOne(upload, importId, product)
  } catch (error) {
    if (!isOverload(error)) throw error
    const message = 'This product could not be written just then. Import the file again.'
    const notes: PlanNote[] = [{ line: product.line, kind: 'refused', field: product.handle, message }]
    if (!upload.dryRun) await transact((tx) => tx.run(statements.insertNotes(importId, notes.map(withId))))
    return { variants: 0, pictures: 0, notes }
  }
}

/** A dry run does all of it too, so that its report is the same, and rolls back. */
async function importOne(upload: Upload, importId: string, product: PlannedProduct): Promise<Written> {
  const dryRun: { written?: Written } = {}
  const result = await transaction<Written, 'dry-run'>(async (tx) => {
    const written = await writeProduct(tx, upload, product, importId)
    if (upload.dryRun) {
      dryRun.written = written
      return refuse('dry-run')
    }
    await tx.run(statements.countProduct(importId, written.variants))
    await tx.run(statements.insertNotes(importId, written.notes.map(withId)))
    return ok(written)
  })
  const written = result.ok ? result.value : dryRun.written
  if (!written) throw new Error('A dry run ended without a report.')
  return written
}

async function writeProduct(
  tx: Tx,
  { sellerId, actorId }: Upload,
  product: PlannedProduct,
  importId: string,
): Promise<Written> {
  await tx.run(statements.lockSeller(sellerId))
  const [known] = await tx.run(statements.findImported(sellerId, product.handle))
  const wanted = known && known.pictures > 0 ? [] : product.pictures
  if (known) {
    const { variants, notes } = await updateImported(tx, { sellerId, actorId, known, product })
    await fetchLater(tx, { importId, productId: known.id, sellerId, actorId }, wanted)
    const message = 'Imported before: texts and prices are updated, stock and status stay as they are.'
    return { variants, pictures: wanted.length, notes: [taken(product, message), ...notes] }
  }
  const { handle: importHandle, texts, optionNames, variants } = product
  const draft = { sellerId, actorId, texts, optionNames, variants, opensAt: null, cap: null, importHandle }
  const { productId } = await writeDraft(tx, draft)
  await fetchLater(tx, { importId, productId, sellerId, actorId }, wanted)
  const message = `New draft: ${count(variants.length, 'version')}, ${count(wanted.length, 'picture')} to fetch.`
  return { variants: variants.length, pictures: wanted.length, notes: [taken(product, message)] }
}

/** As part of the transaction: no picture is fetched for a product that did not come in. */
async function fetchLater(
  tx: Tx,
  owner: Pick<FetchPicture, 'importId' | 'productId' | 'sellerId' | 'actorId'>,
  pictures: PlannedProduct['pictures'],
): Promise<void> {
  for (const [position, picture] of pictures.entries()) {
    const job: FetchPicture = { ...owner, ...picture, position, noteId: newId() }
    await enqueue(tx, FETCH_PICTURE, job, `seller ${owner.sellerId}`)
  }
}

function taken(product: PlannedProduct, message: string): PlanNote {
  return { line: product.line, kind: 'taken', field: product.handle, message }
}

function withId(note: PlanNote): PlanNote & { id: string } {
  return { ...note, id: newId() }
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}
