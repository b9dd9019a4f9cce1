import type { SeedVariant } from './types.ts'

/** A description: prose first, then the facts as a list. */
export function text(prose: string, ...facts: readonly string[]): string {
  return [prose, facts.map((fact) => `- ${fact}`).join('\n')].join('\n\n')
}

/** The one variant of a product without options. */
export function only(sku: string, priceCents: number, stock: number, compareAtCents?: number): SeedVariant[] {
  return [variant([], sku, priceCents, stock, compareAtCents)]
}

/** One version of a product, with a value for each of its options. */
export function variant(
  values: readonly string[],
  sku: string,
  priceCents: number,
  stock: number,
  compareAtCents?: number,
): SeedVariant {
  return { values, sku, priceCents, stock, ...(compareAtCents === undefined ? {} : { compareAtCents }) }
}
