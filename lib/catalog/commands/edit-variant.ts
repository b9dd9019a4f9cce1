import { transaction } from '#lib/db'
import { ok, refuse, type Result } from '#lib/result'
import type { VariantChange } from '../schema.ts'
import { listVariants, raiseRevision, updateVariant } from '../sql/product.ts'
import { announce } from './draft.ts'
import { lockToEdit, type EditCode, type Edited, type Saved } from './edit-product.ts'

/**
 * Changes what is given of one version, most often its price, and leaves the rest. What carts hold is sold at the new price,
 * which the checkout shows before it is paid.
 * Invariant: what is on sale has a price above zero.
 * Refuses: not-found (also when it is another seller's, and for a version that is retired), changed-meanwhile, no-price.
 */
export function editVariant({
  variantId,
  change,
  ...edit
}: Edited & { variantId: string; change: VariantChange }): Promise<Result<Saved, EditCode>> {
  return transaction<Saved, EditCode>(async (tx) => {
    const locked = await lockToEdit(tx, edit)
    if (!locked.ok) return locked
    const { id: productId, status } = locked.value
    const variant = (await tx.run(listVariants(productId))).find(({ id }) => id === variantId)
    if (!variant || variant.isRetired) return refuse('not-found')
    if (status === 'published' && change.priceCents === 0n) return refuse('no-price')
    await tx.run(
      updateVariant(variantId, {
        priceCents: change.priceCents ?? null,
        setsCompareAt: change.compareAtCents !== undefined,
        compareAtCents: change.compareAtCents ?? null,
        setsSku: change.sku !== undefined,
        sku: change.sku ?? null,
      }),
    )
    const [row] = await tx.run(raiseRevision(productId))
    const revision = row?.revision ?? 0
    announce(tx, productId, revision)
    return ok({ productId, revision })
  })
}
