import { transaction, type Tx } from '#lib/db'
import { ok, refuse, type Result } from '#lib/result'
import { listVariants, writeStatus } from '../sql/product.ts'
import { announce, applySale } from './draft.ts'
import { lockToEdit, type EditCode, type Edited } from './edit-product.ts'

/** A product that went on sale: its revision, how many pieces are for sale now and how many wait for room. */
export interface Published {
  readonly revision: number
  readonly published: number
  readonly queued: number
}

/**
 * Puts a product on sale, a drop for its moment. One that is on sale already stays so. Pieces over the seller's capacity
 * wait in the publishing queue, unless the caller would rather be refused.
 * Concurrency: seller, then product, then stock.
 * Refuses: not-found (also when it is another seller's), changed-meanwhile, no-version, no-price, over-capacity when asked to.
 */
export function publishProduct(edit: Edited & { ifOver?: 'queue' | 'refuse' }): Promise<Result<Published, EditCode>> {
  return transaction((tx) => putOnSale(tx, edit))
}

/** A step of its caller's transaction: the same. */
export async function putOnSale(
  tx: Tx,
  { ifOver = 'queue', ...edit }: Edited & { ifOver?: 'queue' | 'refuse' },
): Promise<Result<Published, EditCode>> {
  const locked = await lockToEdit(tx, edit)
  if (!locked.ok) return locked
  const { sellerId, actorId, productId } = edit
  const offered = (await tx.run(listVariants(productId))).filter((variant) => !variant.isRetired)
  if (offered.length === 0) return refuse('no-version')
  if (offered.some((variant) => variant.priceCents === 0n)) return refuse('no-price')
  const { opensAt, cap } = locked.value
  const sale = await applySale(tx, { sellerId, actorId, productId, onSale: true, opensAt, cap, ifOver })
  if (!sale.ok) return sale
  const [row] = await tx.run(writeStatus(productId, 'published'))
  const revision = row?.revision ?? 0
  announce(tx, productId, revision)
  return ok({ revision, ...sale.value })
}

/**
 * Takes a product off sale and out of every list; its orders keep it. Pieces that carts hold stay theirs.
 * Refuses: not-found (also when it is another seller's), changed-meanwhile.
 */
export function archiveProduct(edit: Edited): Promise<Result<{ revision: number }, 'not-found' | 'changed-meanwhile'>> {
  return transaction(async (tx) => {
    const locked = await lockToEdit(tx, edit)
    if (!locked.ok) return locked
    const { sellerId, actorId, productId } = edit
    const { opensAt, cap } = locked.value
    await applySale(tx, { sellerId, actorId, productId, onSale: false, opensAt, cap })
    const [row] = await tx.run(writeStatus(productId, 'archived'))
    const revision = row?.revision ?? 0
    announce(tx, productId, revision)
    return ok({ revision })
  })
}
