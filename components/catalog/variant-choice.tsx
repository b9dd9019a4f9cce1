import type { StillProduct } from '#lib/catalog/rules/still'

type Variant = StillProduct['variants'][number]

/** The values an option has over all variants, in the seller's order. */
export function valuesOf(variants: readonly Variant[], option: number): string[] {
  return [...new Set(variants.map((variant) => variant.optionValues[option] ?? ''))]
}

/**
 * The variant that a buyer means who turns one option of the current one to `value`: the same in all other options
 * where that exists, else the nearest that has the value. Null only when no variant has it.
 */
export function turnOption(
  variants: readonly Variant[],
  current: Variant,
  option: number,
  value: string,
): Variant | null {
  let nearest: Variant | null = null
  let most = -1
  for (const variant of variants) {
    if (variant.optionValues[option] !== value) continue
    const shared = variant.optionValues.filter((each, position) => each === current.optionValues[position]).length
    if (shared > most) {
      most = shared
      nearest = variant
    }
  }
  return nearest
}

/** Whether `variant` agrees with `current` in every option but one: what a value of that option leads to directly. */
export function isOneStepAway(variant: Variant, current: Variant, option: number): boolean {
  return variant.optionValues.every(
    (value, position) => position === option || value === current.optionValues[position],
  )
}
