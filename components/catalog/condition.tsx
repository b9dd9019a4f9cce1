import type { ProductCardView } from '#lib/catalog/schema'

/** A condition in words. */
export const CONDITIONS: Record<ProductCardView['condition'], string> = {
  new: 'New',
  like_new: 'Like new',
  good: 'Good, used',
  fair: 'Fair, used',
}
