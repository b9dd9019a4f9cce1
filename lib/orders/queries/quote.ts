import { lineState } from '#lib/cart/rules'
import { listLines, type LineRow } from '#lib/cart/sql'
import { listSellable } from '#lib/catalog/sql'
import { db, type Db } from '#lib/db'
import { ok, type Result } from '#lib/result'
import type { OrderCode } from '../errors.ts'
import { priceCart } from '../rules/lines.ts'
import { quoteOf } from '../rules/quote.ts'
import type { QuoteView } from '../schema/quote.ts'
import { listCommissionRules, listShippingMethods, listTaxRules } from '../sql/terms.ts'
import type { CartLine, Destination, Terms } from '../types.ts'

/**
 * What a checkout of what the buyer's cart holds would cost now, and how it could be sent. Five statements.
 * Refuses: what `priceCart` does, but lapsed lines, which are left out: they are not held and would not be sold.
 */
export async function getQuote(buyerId: string, to: Destination): Promise<Result<QuoteView, OrderCode>> {
  const rows = await db.run(listLines({ buyerIds: [buyerId] }))
  const held = cartLinesOf(rows).filter((line) => line.state === 'held')
  const terms = await readTerms(
    db,
    held.map((line) => line.variantId),
    [to.country],
  )
  const parts = priceCart(held, terms, to)
  return parts.ok ? ok(quoteOf(parts.value, terms, to)) : parts
}

/** The lines of a cart as they are at the moment they were read. */
export function cartLinesOf(rows: readonly LineRow[]): CartLine[] {
  return rows.map((row) => ({ variantId: row.variantId, quantity: row.quantity, state: lineState(row, row.now) }))
}

/** What variants sent to countries are sold by, as it is now: four statements, sent together. */
export async function readTerms(on: Db, variantIds: readonly string[], countries: readonly string[]): Promise<Terms> {
  const [items, commissions, methods, taxes] = await Promise.all([
    listSellable(on, variantIds),
    on.run(listCommissionRules()),
    on.run(listShippingMethods(variantIds)),
    on.run(listTaxRules(countries)),
  ])
  return { items: new Map(items.map((item) => [item.variantId, item])), commissions, methods, taxes }
}
