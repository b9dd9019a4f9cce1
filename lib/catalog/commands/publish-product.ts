import { transaction } from '#lib/db'
import { ok, refuse, type Result } from '#lib/result'
import type { CatalogCode } from '../errors.ts'
import { listVariants, lockOwnProduct, writeStatus } from '../sql/product.ts'
import { announce, applySale } from './draft.ts'

interface Owned {
  readonly sellerId: string
  readonly productId: string
}

/**
 * Puts a product on sale, a drop for its moment. One that is on sale already stays so.
 * Refuses: not-found (also when it is another seller's), no-version, no-price.
 */
export function publishProduct({
  sellerId,
  productId,
}: Owned): Promise<Result<{ revision: number }, CatalogCode | 'not-found'>> {
  return transaction(async (tx) => {
    const [product] = await tx.run(lockOwnProduct(productId, sellerId))
    if (!product) return refuse('not-found')
    const offered = (await tx.run(listVariants(productId))).filter((variant) => !variant.isRetired)
    if (offered.length === 0) return refuse('no-version')
    if (offered.some((variant) => variant.priceCents === 0n)) return refuse('no-price')
    await applySale(tx, { productId, onSale: true, opensAt: product.opensAt, cap: product.cap })
    const [row] = await tx.run(writeStatus(productId, 'published'))
    const revision = row?.revision ?? 0
    announce(tx, productId, revision)
    return ok({ revision })
  })
}

/**
 * Takes a product off sale and out of every list; its orders keep it. Pieces that carts hold stay theirs.
 * Refuses: not-found (also when it is another seller's).
 */
export function archiveProduct({ sellerId, productId }: Owned): Promise<Result<{ revision: number }, 'not-found'>> {
  return transaction(async (tx) => {
    const [product] = await tx.run(lockOwnProduct(productId, sellerId))
    if (!product) return refuse('not-found')
    await applySale(tx, { productId, onSale: false, opensAt: product.opensAt, cap: product.cap })
    const [row] = await tx.run(writeStatus(productId, 'archived'))
    const revision = row?.revision ?? 0
    announce(tx, productId, revision)
    return ok({ revision })
  })
}
