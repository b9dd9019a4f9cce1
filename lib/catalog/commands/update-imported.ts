import type { Tx } from '#lib/db'
import { newId } from '#lib/ids'
import { VARIANTS_MAX } from '../rules/product.ts'
import type { PlanNote, PlannedProduct } from '../rules/shopify.ts'
import * as statements from '../sql/product.ts'
import type { ProductRow } from '../types.ts'
import { announce, applySale, insertWithStock } from './draft.ts'

interface Update {
  readonly sellerId: string
  readonly actorId: string
  readonly known: { readonly id: string; readonly optionNames: readonly string[] }
  readonly product: PlannedProduct
}

/**
 * A step of the import: brings a product that was imported before up to date with the file.
 * Guarantees: texts and prices are the file's; stock, status and pictures stay; versions that the file does not have stay.
 * A version that is new in the file comes with the stock the file gives it.
 */
export async function updateImported(tx: Tx, update: Update): Promise<{ variants: number; notes: PlanNote[] }> {
  const { sellerId, known, product } = update
  const notes: PlanNote[] = []
  const [locked] = await tx.run(statements.lockOwnProduct(known.id, sellerId))
  if (!locked) throw new Error(`The imported product ${known.id} is not the seller's any more.`)
  const variants = isSameOptions(known.optionNames, product.optionNames)
    ? await updateVersions(tx, update, locked, notes)
    : 0
  if (variants === 0) {
    const message = 'The options of this product were changed here; its versions and prices stay as they are.'
    notes.push({ line: product.line, kind: 'warning', field: 'Option1 Name', message })
  }
  const [row] = await tx.run(
    statements.updateProduct(known.id, { ...product.texts, setsOpensAt: false, opensAt: null }),
  )
  announce(tx, known.id, row?.revision ?? 0)
  return { variants, notes }
}

async function updateVersions(tx: Tx, update: Update, locked: ProductRow, notes: PlanNote[]): Promise<number> {
  const { product, sellerId, actorId } = update
  const { id: productId, opensAt, cap } = locked
  const onSale = locked.status === 'published'
  const offered = (await tx.run(statements.listVariants(productId))).filter((variant) => !variant.isRetired)
  const byValues = new Map(offered.map((variant, position) => [keyOf(variant.optionValues), { ...variant, position }]))
  const refuseIt = (line: number, message: string) =>
    void notes.push({ line, kind: 'refused', field: 'Variant Price', message })

  const planned = product.variants.filter((variant) => {
    const isFree = onSale && variant.priceCents === 0n
    if (isFree) refuseIt(variant.line, 'What is on sale needs a price above zero; this version stays as it is.')
    return !isFree
  })
  const kept = planned.flatMap((variant) => {
    const present = byValues.get(keyOf(variant.optionValues))
    return present ? [{ ...variant, id: present.id, position: present.position }] : []
  })
  const fresh = planned.filter((variant) => !byValues.has(keyOf(variant.optionValues)))
  const room = Math.max(0, VARIANTS_MAX - offered.length)
  for (const { line } of fresh.slice(room)) refuseIt(line, `A product can have ${VARIANTS_MAX} versions at most.`)
  const added = fresh
    .slice(0, room)
    .map((variant, index) => ({ ...variant, id: newId(), position: offered.length + index }))

  await tx.run(statements.updateVariants(productId, kept))
  await insertWithStock(tx, { productId, sellerId, actorId }, added)
  if (added.length > 0) await applySale(tx, { productId, onSale, opensAt, cap })
  return kept.length + added.length
}

function isSameOptions(left: readonly string[], right: readonly string[]): boolean {
  return keyOf(left) === keyOf(right)
}

function keyOf(values: readonly string[]): string {
  return JSON.stringify(values.map((value) => value.toLowerCase()))
}
