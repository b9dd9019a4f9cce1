import { transaction, type Tx } from '#lib/db'
import { listOwnPictures } from '#lib/media/sql'
import { ok, refuse, type Result } from '#lib/result'
import type { CatalogCode } from '../errors.ts'
import { faultOfVariants } from '../rules/product.ts'
import type { ProductInput } from '../schema.ts'
import { hasCategory } from '../sql/list.ts'
import { insertPictures } from '../sql/product.ts'
import { writeDrafts } from './draft.ts'

/**
 * Lists a new product as a draft, with versions, first stock and pictures.
 * Invariant: every version has one value for each option, and a combination of its own.
 * Refuses: unknown-category, option-names-twice, option-values-missing, versions-alike, not-your-picture, picture-twice.
 */
export function createProduct(listing: {
  sellerId: string
  actorId: string
  input: ProductInput
}): Promise<Result<{ productId: string; slug: string }, CatalogCode>> {
  const { sellerId, actorId, input } = listing
  const { optionNames, variants, pictures, opensAt, cap, ...texts } = input
  return transaction(async (tx) => {
    const fault = faultOfVariants(optionNames, variants)
    if (fault) return refuse(fault)
    if (!(await isCategory(tx, texts.categorySlug))) return refuse('unknown-category')
    const refusal = await checkPictures(tx, actorId, pictures)
    if (refusal) return refuse(refusal)
    const draft = { texts, optionNames, variants, opensAt, cap, importHandle: null }
    const [made] = await writeDrafts(tx, { sellerId, actorId }, [draft])
    if (!made) throw new Error('A draft was written without an id.')
    if (pictures.length > 0) await tx.run(insertPictures(made.productId, pictures))
    return ok(made)
  })
}

/** A step: whether the market has this category. */
export async function isCategory(tx: Tx, slug: string): Promise<boolean> {
  return (await tx.run(hasCategory(slug))).length > 0
}

/** A step: why the member may not show these pictures; null when nothing speaks against it. */
export async function checkPictures(
  tx: Tx,
  actorId: string,
  pictures: readonly { id: string }[],
): Promise<'picture-twice' | 'not-your-picture' | null> {
  const ids = new Set(pictures.map((picture) => picture.id))
  if (ids.size < pictures.length) return 'picture-twice'
  if (ids.size === 0) return null
  const own = await tx.run(listOwnPictures(actorId, [...ids]))
  return own.length < ids.size ? 'not-your-picture' : null
}
