import { splitCents, type Cents } from '#lib/money'
import type { PlainLine, TaxRule } from '../types.ts'

export type Rate = Pick<TaxRule, 'categorySlug' | 'bps' | 'isIncluded'>

/** The rule for a category, else the country's; null without one, and then there is no tax. What is no product has the country's. */
export function taxRuleFor(rules: readonly Rate[], categorySlug: string | null): Rate | null {
  const own = rules.find((rule) => rule.categorySlug !== null && rule.categorySlug === categorySlug)
  return own ?? rules.find((rule) => rule.categorySlug === null) ?? null
}

/** What of prices is tax, or comes on top of them. Half a cent is rounded up. Units: cents. */
export function taxOf(priceCents: Cents, { bps, isIncluded }: Omit<Rate, 'categorySlug'>): Cents {
  const whole = isIncluded ? 10_000n + BigInt(bps) : 10_000n
  return (2n * priceCents * BigInt(bps) + whole) / (2n * whole)
}

/** A line with its tax. */
export type TaxedLine = PlainLine & {
  readonly totalCents: Cents
  readonly taxBps: number
  readonly taxCents: Cents
  readonly isTaxIncluded: boolean
}

/**
 * The lines of one shop with their tax, by the rules of the country they go to.
 * Guarantees: the tax of a rate is rounded once, over all lines that have it, as an invoice says it; it is split over them by
 * the largest remainder, so that the lines sum to it. Lines keep their order.
 */
export function taxLines(lines: readonly PlainLine[], rules: readonly Rate[]): TaxedLine[] {
  const priced = lines.map((line) => ({
    line,
    priceCents: line.unitPriceCents * BigInt(line.quantity),
    rule: taxRuleFor(rules, line.categorySlug) ?? NO_TAX,
  }))
  const taxes = new Map<PlainLine, Cents>()
  for (const group of Map.groupBy(priced, ({ rule }) => `${rule.bps} ${rule.isIncluded}`).values()) {
    const [first] = group
    const sum = group.reduce((total, { priceCents }) => total + priceCents, 0n)
    const shares = splitCents(
      first ? taxOf(sum, first.rule) : 0n,
      group.map(({ priceCents }) => priceCents),
    )
    group.forEach(({ line }, index) => taxes.set(line, shares[index] ?? 0n))
  }
  return priced.map(({ line, priceCents, rule }) => {
    const taxCents = taxes.get(line) ?? 0n
    const totalCents = rule.isIncluded ? priceCents : priceCents + taxCents
    return { ...line, totalCents, taxBps: rule.bps, taxCents, isTaxIncluded: rule.isIncluded }
  })
}

const NO_TAX: Rate = { categorySlug: null, bps: 0, isIncluded: true }
