import type { Tx } from '#lib/db'
import { newId, newSecret, slugOf } from '#lib/ids'
import { createStock, setSale, type Sale } from '#lib/inventory/commands/stock'
import { publishTo } from '#lib/live/publish'
import { listOwnPictures } from '#lib/media/sql'
import { expirePages } from '#lib/pages/cache'
import { LISTS, productTag } from '#lib/pages/rules'
import { hasCategory } from '../sql/list.ts'
import * as statements from '../sql/product.ts'
import type { ProductTexts, VariantRow } from '../types.ts'

export interface NewVariant extends Omit<VariantRow, 'id' | 'position'> {
  /** First pieces. */
  readonly quantity: number
}

export interface Draft {
  readonly texts: ProductTexts
  readonly optionNames: readonly string[]
  readonly variants: readonly NewVariant[]
  readonly opensAt: Date | null
  readonly cap: number | null
  readonly importHandle: string | null
}

/**
 * A step of its caller's transaction: drafts of one seller with their versions and first stock, not on sale.
 * Guarantees: each has a slug of its own, the title's where that is free. Answers in the order given.
 */
export async function writeDrafts(
  tx: Tx,
  owner: { sellerId: string; actorId: string },
  drafts: readonly Draft[],
): Promise<{ productId: string; slug: string }[]> {
  const rows = drafts.map((draft) => ({ ...draft, productId: newId() }))
  const slugs = await insertWithSlugs(tx, owner.sellerId, rows)
  const variants = rows.flatMap(({ productId, variants: own }) =>
    own.map((variant, position) => ({ ...variant, id: newId(), productId, position })),
  )
  await insertWithStock(tx, owner, variants)
  for (const { productId, opensAt, cap } of rows) {
    // New stock is off sale as it is.
    if (opensAt !== null || cap !== null) await setSale(tx, { ...owner, productId, onSale: false, opensAt, cap })
  }
  return rows.map(({ productId }) => ({ productId, slug: slugs.get(productId) ?? '' }))
}

/** A step: versions at the positions they name, each with its stock row. Not on sale before `applySale`. */
export async function insertWithStock(
  tx: Tx,
  { sellerId, actorId }: { sellerId: string; actorId: string },
  rows: readonly (VariantRow & { readonly productId: string; readonly quantity: number })[],
): Promise<void> {
  if (rows.length === 0) return
  await tx.run(statements.insertVariants(rows))
  for (const { id: variantId, productId, quantity } of rows) {
    await createStock(tx, { variantId, productId, sellerId, quantity, actorId })
  }
}

/** A step: all versions on sale or off it, except that a retired one never is. Refuses what `setSale` does. */
export async function applySale(tx: Tx, sale: Omit<Sale, 'retired'>): ReturnType<typeof setSale> {
  const variants = await tx.run(statements.listVariants(sale.productId))
  return setSale(tx, { ...sale, retired: variants.filter((variant) => variant.isRetired).map((variant) => variant.id) })
}

/**
 * Tells the pages that show the product that it changed: this node keeps none of them from now on, and then the browsers are
 * told to look again.
 */
export function announce(tx: Tx, productId: string, revision: number): void {
  tx.afterCommit(() => {
    expirePages([productTag(productId), LISTS])
    publishTo(`product:${productId}`, { type: 'product', productId, revision })
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

/** Tries the plain slug first, then ones with a random end. The unique index decides, so two at once get two. */
async function insertWithSlugs(
  tx: Tx,
  sellerId: string,
  drafts: readonly (Draft & { readonly productId: string })[],
): Promise<Map<string, string>> {
  const slugs = new Map<string, string>()
  let left = drafts
  for (let end = () => ''; left.length > 0; end = () => `-${newSecret(5).toLowerCase()}`) {
    const rows = left.map(({ productId: id, texts, optionNames, opensAt, importHandle }) => {
      const slug = `${slugOf(texts.title) || 'product'}${end()}`
      return { id, sellerId, slug, ...texts, optionNames, opensAt, importHandle }
    })
    for (const { id, slug } of await tx.run(statements.insertProducts(rows))) slugs.set(id, slug)
    left = left.filter(({ productId }) => !slugs.has(productId))
  }
  return slugs
}
