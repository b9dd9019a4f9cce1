import type { Cents } from '#lib/money'
import type { CommissionRule, TaxRule } from '../types.ts'
import { priceCart } from './lines.ts'

/** A rule as a list has it: of one category, of one shop, or of everything. */
interface Scope {
  readonly category: string | null
  readonly seller: string | null
}

/**
 * The place of the earlier rule that always comes first, so that the one at `index` is never reached; null when it is.
 * Guarantees: what it says is never reached fits no sale that an earlier rule does not fit.
 */
export function hiddenBy(rules: readonly Scope[], index: number): number | null {
  const rule = rules[index]
  if (!rule) return null
  const covers = (other: Scope) =>
    (other.category === null || other.category === rule.category) &&
    (other.seller === null || other.seller === rule.seller)
  const first = rules.slice(0, index).findIndex(covers)
  return first < 0 ? null : first
}

/** A sale that shows what rules come to. */
export interface ExampleSale {
  readonly priceCents: Cents
  readonly categorySlug: string
  readonly sellerId: string
  readonly country: string
}

/** What a sale of one piece comes to under these rules, worked out as a checkout does. Units: cents. */
export function exampleOf(
  { priceCents, categorySlug, sellerId, country }: ExampleSale,
  { commissions, taxes }: { commissions: readonly CommissionRule[]; taxes: readonly TaxRule[] },
): { totalCents: Cents; commissionCents: Cents; taxCents: Cents } {
  const ids = { variantId: 'example', productId: 'example', sellerId }
  const words = { title: '', sellerName: '', optionValues: [], pictureId: null }
  const item = { ...ids, ...words, priceCents, categorySlug, isPublished: true }
  const terms = { items: new Map([[ids.variantId, item]]), commissions, taxes, methods: [] }
  const to = { country, methodIds: [], ownSellerId: null }
  const parts = priceCart([{ variantId: ids.variantId, quantity: 1, state: 'held' }], terms, to)
  const [line] = (parts.ok ? parts.value : []).flatMap((part) => part.lines)
  return {
    totalCents: line?.totalCents ?? 0n,
    commissionCents: line?.commissionCents ?? 0n,
    taxCents: line?.taxCents ?? 0n,
  }
}
