import type { Cents } from '#lib/money'
import type { CommissionRule } from '../types.ts'

/** The first rule in the operator's order that fits the line; null when none does, and then the market keeps nothing. */
export function ruleFor(
  rules: readonly CommissionRule[],
  line: { readonly categorySlug: string; readonly sellerId: string },
): CommissionRule | null {
  const fits = (rule: CommissionRule) =>
    (rule.categorySlug === null || rule.categorySlug === line.categorySlug) &&
    (rule.sellerId === null || rule.sellerId === line.sellerId)
  return rules.toSorted((left, right) => left.position - right.position).find(fits) ?? null
}

/**
 * What the market keeps of a line: a share, half a cent rounded up, and a fixed part; not less than the floor, not more than the
 * cap, and never more than the line. Units: cents, basis points.
 */
export function commissionOf(rule: CommissionRule | null, totalCents: Cents): Cents {
  if (!rule) return 0n
  const share = (totalCents * BigInt(rule.feeBps) + 5_000n) / 10_000n
  const raised = largest(share + rule.fixedCents, rule.floorCents ?? 0n)
  return smallest(smallest(raised, rule.capCents ?? raised), totalCents)
}

/**
 * What of a line's frozen commission goes with `part` of the line's `whole`, when `before` of it went already.
 * Guarantees: however a line is taken apart, its parts' commissions sum to the whole's, to the cent.
 */
export function shareOf(amountCents: Cents, before: bigint, part: bigint, whole: bigint): Cents {
  if (whole === 0n) return 0n
  return (amountCents * (before + part)) / whole - (amountCents * before) / whole
}

function largest(left: Cents, right: Cents): Cents {
  return left > right ? left : right
}

function smallest(left: Cents, right: Cents): Cents {
  return left < right ? left : right
}
