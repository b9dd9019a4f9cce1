import { transaction, type Tx } from '#lib/db'
import { newId } from '#lib/ids'
import { stopSale } from '#lib/inventory/commands/stock'
import { ok, refuse, type Result } from '#lib/result'
import { checkRevision, type Expected } from '#lib/revision'
import { lockSeller } from '#lib/sellers/sql'
import type { CatalogCode } from '../errors.ts'
import { faultOfVariants } from '../rules/product.ts'
import type { PicturesInput, ProductChange, VariantsInput } from '../schema.ts'
import * as statements from '../sql/product.ts'
import type { ProductRow } from '../types.ts'
import { announce, applySale, checkPictures, insertWithStock, isCategory } from './draft.ts'

/** Whose product is edited, and by whom. */
export interface Edited {
  readonly sellerId: string
  readonly actorId: string
  readonly productId: string
  /** The revisions that may be edited; whichever there is where it is left out. */
  readonly expected?: Expected
}

export type EditCode = CatalogCode | 'not-found' | 'changed-meanwhile'
type Edit = Promise<Result<Saved, EditCode>>

/** What was edited, and its revision from now on. */
export interface Saved {
  readonly productId: string
  readonly revision: number
}

/**
 * A step: the seller, then the product, locked until the transaction ends, if the product is what the edit was made of.
 * Refuses: not-found (also when it is another seller's), changed-meanwhile.
 */
export async function lockToEdit(
  tx: Tx,
  { sellerId, productId, expected }: Edited,
): Promise<Result<ProductRow, 'not-found' | 'changed-meanwhile'>> {
  await tx.run(lockSeller(sellerId))
  const [product] = await tx.run(statements.lockOwnProduct(productId, sellerId))
  if (!product) return refuse('not-found')
  const same = checkRevision(product.revision, expected)
  return same.ok ? ok(product) : same
}

/**
 * Changes what is given and leaves the rest. The slug stays: links lead there.
 * Refuses: not-found (also when it is another seller's), changed-meanwhile, unknown-category.
 */
export function editProduct({ change, ...edit }: Edited & { change: ProductChange }): Edit {
  const { sellerId, actorId, productId } = edit
  return transaction<Saved, EditCode>(async (tx) => {
    const locked = await lockToEdit(tx, edit)
    if (!locked.ok) return locked
    const product = locked.value
    if (change.categorySlug !== undefined && !(await isCategory(tx, change.categorySlug))) {
      return refuse('unknown-category')
    }
    const { opensAt = product.opensAt, cap = product.cap } = change
    if (change.opensAt !== undefined || change.cap !== undefined) {
      await applySale(tx, { sellerId, actorId, productId, onSale: product.status === 'published', opensAt, cap })
    }
    const rows = await tx.run(
      statements.updateProduct(productId, {
        title: change.title ?? null,
        description: change.description ?? null,
        categorySlug: change.categorySlug ?? null,
        condition: change.condition ?? null,
        keywords: change.keywords ?? null,
        setsOpensAt: change.opensAt !== undefined,
        opensAt,
      }),
    )
    return edited(tx, productId, rows)
  })
}

/**
 * Sets all versions: those with an id are changed, those without are new, those that are missing are retired.
 * Stock of a version that stays is not touched.
 * Invariant: what is on sale has a price above zero.
 * Refuses: not-found, changed-meanwhile, option-names-twice, option-values-missing, versions-alike, foreign-version, no-price.
 */
export function setVariants({ input, ...edit }: Edited & { input: VariantsInput }): Edit {
  const { actorId, productId } = edit
  return transaction<Saved, EditCode>(async (tx) => {
    const locked = await lockToEdit(tx, edit)
    if (!locked.ok) return locked
    const product = locked.value
    const present = await listOffered(tx, productId)
    const fault = faultOfVariants(input.optionNames, input.variants) ?? faultOfIds(input, present)
    if (fault) return refuse(fault)
    if (product.status === 'published' && input.variants.some((variant) => variant.priceCents === 0n)) {
      return refuse('no-price')
    }
    await writeVariants(tx, { product, actorId, present, input })
    return edited(tx, productId, await tx.run(statements.writeOptionNames(productId, input.optionNames)))
  })
}

/**
 * Sets all pictures of a product, in their order.
 * Refuses: not-found, changed-meanwhile, picture-twice, not-your-picture.
 */
export function setPictures({ pictures, ...edit }: Edited & PicturesInput): Edit {
  const { actorId, productId } = edit
  return transaction<Saved, EditCode>(async (tx) => {
    const locked = await lockToEdit(tx, edit)
    if (!locked.ok) return locked
    const refusal = await checkPictures(tx, actorId, pictures)
    if (refusal) return refuse(refusal)
    await tx.run(statements.deletePictures(productId))
    if (pictures.length > 0) await tx.run(statements.insertPictures(productId, pictures))
    return edited(tx, productId, await tx.run(statements.raiseRevision(productId)))
  })
}

async function listOffered(tx: Tx, productId: string): Promise<Set<string>> {
  const variants = await tx.run(statements.listVariants(productId))
  return new Set(variants.filter((variant) => !variant.isRetired).map((variant) => variant.id))
}

function faultOfIds({ variants }: VariantsInput, present: ReadonlySet<string>): 'foreign-version' | null {
  const ids = variants.flatMap((variant) => variant.id ?? [])
  return new Set(ids).size < ids.length || ids.some((id) => !present.has(id)) ? 'foreign-version' : null
}

async function writeVariants(
  tx: Tx,
  {
    product,
    actorId,
    present,
    input,
  }: {
    product: ProductRow
    actorId: string
    present: ReadonlySet<string>
    input: VariantsInput
  },
): Promise<void> {
  const { id: productId, sellerId, opensAt, cap } = product
  const rows = input.variants.map((variant, position) => ({ ...variant, position, id: variant.id ?? newId() }))
  const kept = rows.filter((row) => present.has(row.id))
  const added = rows.flatMap((row) => (present.has(row.id) ? [] : { ...row, productId }))
  const keptIds = new Set(kept.map((row) => row.id))
  const missing = [...present].filter((id) => !keptIds.has(id))
  await tx.run(statements.updateVariants(productId, kept))
  await tx.run(statements.retireVariants(missing))
  await insertWithStock(tx, { sellerId, actorId }, added)
  const onSale = product.status === 'published'
  if (added.length > 0) await applySale(tx, { sellerId, actorId, productId, onSale, opensAt, cap })
  else if (missing.length > 0) await stopSale(tx, missing)
}

function edited(tx: Tx, productId: string, [row]: readonly { revision: number }[]) {
  const revision = row?.revision ?? 0
  announce(tx, productId, revision)
  return ok({ productId, revision })
}
