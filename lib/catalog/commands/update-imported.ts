import type { Tx } from '#lib/db'
import { newId } from '#lib/ids'
import { VARIANTS_MAX } from '../rules/product.ts'
import type { PlanNote, PlannedProduct } from '../rules/shopify.ts'
import * as statements from '../sql/product.ts'
import type { ImportedRow } from '../types.ts'
import { announce, insertWithStock } from './draft.ts'

interface Update {
  readonly sellerId: string
  readonly actorId: string
  /** Locked by the caller. */
  readonly known: ImportedRow
  readonly product: PlannedProduct
}

/** What is to be done to the stock of a product that gained versions; the ids of those it had. */
export interface Sale {
  readonly sellerId: string
  readonly actorId: string
  readonly productId: string
  readonly variantIds: readonly string[]
  readonly onSale: boolean
  readonly opensAt: Date | null
  readonly cap: number | null
}

interface Updated {
  readonly variants: number
  readonly notes: PlanNote[]
  /** Left to the caller, who locks stock after all products; null when no version is new. */
  readonly sale: Sale | null
}

/**
 * A step of the import: brings a product that was imported before up to date with the file.
 * Guarantees: texts and prices are the file's; stock, status and pictures stay; versions that the file does not have stay.
 * A version that is new in the file comes with the stock the file gives it.
 */
export async function updateImported(tx: Tx, update: Update): Promise<Updated> {
  const { known, product } = update
  const isSame = keyOf(known.optionNames) === keyOf(product.optionNames)
  const updated: Updated = isSame
    ? await updateVersions(tx, update)
    : { variants: 0, sale: null, notes: [optionsDiffer(product)] }
  const [row] = await tx.run(
    statements.updateProduct(known.id, { ...product.texts, setsOpensAt: false, opensAt: null }),
  )
  announce(tx, known.id, row?.revision ?? 0)
  return updated
}

async function updateVersions(tx: Tx, { known, product, sellerId, actorId }: Update): Promise<Updated> {
  const { id: productId, opensAt, cap } = known
  const onSale = known.status === 'published'
  const notes: PlanNote[] = []
  const present = await tx.run(statements.listVariants(productId))
  const offered = present.filter((variant) => !variant.isRetired)
  const byValues = new Map(offered.map((variant, position) => [keyOf(variant.optionValues), { ...variant, position }]))
  const refuseIt = (line: number, message: string) =>
    void notes.push({ line, kind: 'refused', field: 'Variant Price', message })

  const planned = product.variants.filter((variant) => {
    const isFree = onSale && variant.priceCents === 0n
    if (isFree) refuseIt(variant.line, 'What is on sale needs a price above zero; this version stays as it is.')
    return !isFree
  })
  const kept = planned.flatMap((variant) => {
    const same = byValues.get(keyOf(variant.optionValues))
    return same ? [{ ...variant, id: same.id, position: same.position }] : []
  })
  const fresh = planned.filter((variant) => !byValues.has(keyOf(variant.optionValues)))
  const room = Math.max(0, VARIANTS_MAX - offered.length)
  for (const { line } of fresh.slice(room)) refuseIt(line, `A product can have ${VARIANTS_MAX} versions at most.`)
  const added = fresh
    .slice(0, room)
    .map((variant, index) => ({ ...variant, id: newId(), productId, position: offered.length + index }))

  await tx.run(statements.updateVariants(productId, kept))
  await insertWithStock(tx, { sellerId, actorId }, added)
  const sale = { sellerId, actorId, productId, variantIds: present.map((variant) => variant.id), onSale, opensAt, cap }
  return { variants: kept.length + added.length, notes, sale: added.length > 0 ? sale : null }
}

function optionsDiffer({ line }: PlannedProduct): PlanNote {
  const message = 'The options of this product were changed here; its versions and prices stay as they are.'
  return { line, kind: 'warning', field: 'Option1 Name', message }
}

function keyOf(values: readonly string[]): string {
  return JSON.stringify(values.map((value) => value.toLowerCase()))
}
