import { transaction, type Tx } from '#lib/db'
import { ok, refuse, type Result } from '#lib/result'
import { lockSeller } from '#lib/sellers/sql'
import type { CatalogCode } from '../errors.ts'
import { faultOfVariants } from '../rules/product.ts'
import type { ProductInput } from '../schema.ts'
import { insertPictures } from '../sql/product.ts'
import { checkPictures, isCategory, writeDrafts } from './draft.ts'
import { putOnSale } from './publish-product.ts'

export interface Listing {
  readonly sellerId: string
  readonly actorId: string
  readonly input: ProductInput
}

/** What was listed, and how many of its pieces are on sale now or wait for room: none of a draft. */
export interface Listed {
  readonly productId: string
  readonly slug: string
  readonly published: number
  readonly queued: number
}

/**
 * Lists a new product with versions, first stock and pictures: as a draft, or on sale at once, where that is wanted.
 * Invariant: every version has one value for each option, and a combination of its own.
 * Concurrency: where it is put on sale seller, then product, then stock.
 * Refuses: unknown-category, option-names-twice, option-values-missing, versions-alike, not-your-picture, picture-twice; what
 * `publishProduct` refuses, and then there is no draft either.
 */
export function createProduct(listing: Listing): Promise<Result<Listed, CreateCode>> {
  return transaction((tx) => writeProduct(tx, listing))
}

type CreateCode = CatalogCode | 'not-found' | 'changed-meanwhile'

/** A step of its caller's transaction: the same. */
export async function writeProduct(tx: Tx, { sellerId, actorId, input }: Listing): Promise<Result<Listed, CreateCode>> {
  const { optionNames, variants, pictures, opensAt, cap, publish, ifOver, ...texts } = input
  const fault = faultOfVariants(optionNames, variants)
  if (fault) return refuse(fault)
  if (!(await isCategory(tx, texts.categorySlug))) return refuse('unknown-category')
  const refusal = await checkPictures(tx, actorId, pictures)
  if (refusal) return refuse(refusal)
  // Before the product is there: its row refers to the seller's, which others may be waiting to lock.
  if (publish) await tx.run(lockSeller(sellerId))
  const draft = { texts, optionNames, variants, opensAt, cap, importHandle: null }
  const [made] = await writeDrafts(tx, { sellerId, actorId }, [draft])
  if (!made) throw new Error('A draft was written without an id.')
  const { productId } = made
  if (pictures.length > 0) await tx.run(insertPictures(productId, pictures))
  if (!publish) return ok({ ...made, published: 0, queued: 0 })
  const sale = await putOnSale(tx, { sellerId, actorId, productId, ifOver })
  return sale.ok ? ok({ ...made, published: sale.value.published, queued: sale.value.queued }) : sale
}
