import type { Tx } from '#lib/db'
import { newId, newSecret, slugOf } from '#lib/ids'
import { createStock, setSale, stopSale } from '#lib/inventory/commands/stock'
import { publishTo } from '#lib/live/publish'
import * as statements from '../sql/product.ts'
import type { ProductTexts, VariantRow } from '../types.ts'

export interface NewVariant extends Omit<VariantRow, 'id' | 'position'> {
  /** First pieces. */
  readonly quantity: number
}

export interface Draft {
  readonly sellerId: string
  readonly actorId: string
  readonly texts: ProductTexts
  readonly optionNames: readonly string[]
  readonly variants: readonly NewVariant[]
  readonly opensAt: Date | null
  readonly cap: number | null
  readonly importHandle: string | null
}

/**
 * A step of its caller's transaction: a draft with its versions and their first stock, not on sale.
 * Guarantees: a slug of its own, the title's where that is free.
 */
export async function writeDraft(tx: Tx, draft: Draft): Promise<{ productId: string; slug: string }> {
  const productId = newId()
  const { sellerId, texts, optionNames, opensAt, importHandle } = draft
  const slug = await takeSlug(texts.title, (each) =>
    tx.run(
      statements.insertProduct({ id: productId, sellerId, slug: each, ...texts, optionNames, opensAt, importHandle }),
    ),
  )
  await addVariants(tx, { productId, ...draft }, draft.variants, 0)
  await setSale(tx, { productId, onSale: false, opensAt, cap: draft.cap })
  return { productId, slug }
}

/** A step: new versions with their first stock, from a position on. Not on sale before `applySale`. */
export async function addVariants(
  tx: Tx,
  owner: { productId: string; sellerId: string; actorId: string },
  variants: readonly NewVariant[],
  position: number,
): Promise<void> {
  const rows = variants.map((variant, index) => ({ ...variant, id: newId(), position: position + index }))
  await insertWithStock(tx, owner, rows)
}

/** A step: versions at the positions they name, each with its stock row. */
export async function insertWithStock(
  tx: Tx,
  { productId, sellerId, actorId }: { productId: string; sellerId: string; actorId: string },
  rows: readonly (VariantRow & { readonly quantity: number })[],
): Promise<void> {
  if (rows.length === 0) return
  await tx.run(statements.insertVariants(productId, rows))
  for (const { id, quantity } of rows) await createStock(tx, { variantId: id, productId, sellerId, quantity, actorId })
}

/** A step: all versions on sale or off it, except that a retired one never is. */
export async function applySale(
  tx: Tx,
  sale: { productId: string; onSale: boolean; opensAt: Date | null; cap: number | null },
): Promise<void> {
  await setSale(tx, sale)
  const variants = await tx.run(statements.listVariants(sale.productId))
  const retired = variants.filter((variant) => variant.isRetired).map((variant) => variant.id)
  if (sale.onSale && retired.length > 0) await stopSale(tx, retired)
}

/** Tells the pages that show the product that it changed. */
export function announce(tx: Tx, productId: string, revision: number): void {
  tx.afterCommit(() => publishTo(`product:${productId}`, { type: 'product', productId, revision }))
}

/** Tries the plain slug first, then ones with a random end. The unique index decides, so two at once get two. */
async function takeSlug(title: string, insert: (slug: string) => Promise<{ slug: string }[]>): Promise<string> {
  const base = slugOf(title) || 'product'
  for (let slug = base; ; slug = `${base}-${newSecret(5).toLowerCase()}`) {
    const [taken] = await insert(slug)
    if (taken) return taken.slug
  }
}
