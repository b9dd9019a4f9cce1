import { isBeforeCommit, isOverload, transact, transaction } from '#lib/db'
import { newId } from '#lib/ids'
import { ok, refuse, type Result } from '#lib/result'
import type { CatalogCode } from '../errors.ts'
import { inChunks } from '../rules/import-chunks.ts'
import { planShopifyImport, type PlanNote, type PlannedProduct } from '../rules/shopify.ts'
import * as statements from '../sql/import.ts'
import type { ImportReport } from '../types.ts'
import { writeImported, type Written } from './write-imported.ts'

interface Upload {
  readonly sellerId: string
  readonly actorId: string
  readonly fileName: string
  readonly bytes: Uint8Array
  /** The same report, and nothing written. */
  readonly dryRun: boolean
}

/**
 * Takes a Shopify product file in as drafts. Pictures are fetched later, by jobs.
 * Guarantees: each product comes in whole or not at all, the others go on; importing a file again, or after a crash in
 * between, updates texts and prices of what is there, and never its stock.
 * Concurrency: imports of one shop write in turns, some products at a time.
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
  const sum = (field: 'products' | 'variants' | 'pictures') => written.reduce((all, each) => all + each[field], 0)
  try {
    for (const chunk of inChunks(products)) written.push(...(await importChunk(upload, importId, chunk)))
  } finally {
    // Beside the writing itself, pictures of products that have some already, or did not come in, are not waited for.
    const things = planned - sum('pictures') + 1
    if (!upload.dryRun) await transact((tx) => tx.run(statements.settleImport(importId, things)))
  }
  return ok({
    importId: upload.dryRun ? null : importId,
    fileName: upload.fileName,
    products: sum('products'),
    variants: sum('variants'),
    pictures: sum('pictures'),
    notes: [...notes, ...written.flatMap((each) => each.notes)].sort((left, right) => left.line - right.line),
  })
}

/**
 * All of them in one transaction, for one commit instead of many. When the database refuses that, each goes alone, so that
 * what stands in the way of one keeps out no other.
 */
async function importChunk(
  upload: Upload,
  importId: string,
  products: readonly PlannedProduct[],
): Promise<readonly Written[]> {
  try {
    return [await importTogether(upload, importId, products)]
  } catch (error) {
    if (!isBeforeCommit(error) && !isOverload(error)) throw error
  }
  const written: Written[] = []
  for (const product of products) written.push(await importAlone(upload, importId, product))
  return written
}

/** One that cannot be written just then, because its rows are locked for too long, is refused with a note. */
async function importAlone(upload: Upload, importId: string, product: PlannedProduct): Promise<Written> {
  try {
    return await importTogether(upload, importId, [product])
  } catch (error) {
    if (!isOverload(error)) throw error
    const message = 'This product could not be written just then. Import the file again.'
    const notes: PlanNote[] = [{ line: product.line, kind: 'refused', field: product.handle, message }]
    if (!upload.dryRun) await transact((tx) => tx.run(statements.insertNotes(importId, notes.map(withId))))
    return { products: 0, variants: 0, pictures: 0, notes }
  }
}

/** A dry run does all of it too, so that its report is the same, and rolls back. */
async function importTogether(upload: Upload, importId: string, products: readonly PlannedProduct[]): Promise<Written> {
  const dryRun: { written?: Written } = {}
  const result = await transaction<Written, 'dry-run'>(async (tx) => {
    const written = await writeImported(tx, { ...upload, importId }, products)
    if (upload.dryRun) {
      dryRun.written = written
      return refuse('dry-run')
    }
    await tx.run(statements.countProducts(importId, written.products, written.variants))
    await tx.run(statements.insertNotes(importId, written.notes.map(withId)))
    return ok(written)
  })
  const written = result.ok ? result.value : dryRun.written
  if (!written) throw new Error('A dry run ended without a report.')
  return written
}

function withId(note: PlanNote): PlanNote & { id: string } {
  return { ...note, id: newId() }
}
