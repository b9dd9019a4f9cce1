import type { ProductCardView, ProductView } from '../schema.ts'

/** What of a card changes while somebody looks at it, as it was when the page was drawn. */
export type CardNow = Pick<ProductCardView, 'priceFromCents' | 'priceToCents' | 'compareAtCents' | 'stock'> & {
  /** The server's time then. */
  readonly serverNow: string
}

/** A product as its card is drawn. */
export interface ShownCard extends Omit<ProductCardView, keyof CardNow> {
  /** The versions that are offered. */
  readonly variantIds: readonly string[]
  /** Null on a page that is kept: the live channel brings it. */
  readonly now: CardNow | null
}

/** What of a product a page can be kept with: no price and no count. */
export interface StillProduct extends Omit<ProductView, keyof CardNow | 'variants'> {
  readonly variants: readonly Pick<ProductView['variants'][number], 'id' | 'optionValues' | 'sku'>[]
}

/** The card for a page that is kept: neither price nor stock is in it, whatever is added to the view. */
export function stillCard(product: ProductCardView): ShownCard {
  const { id, slug, title, sellerName, sellerHandle, pictureId, pictureAlt, condition, categorySlug, opensAt } = product
  const shown = { id, slug, title, sellerName, sellerHandle, pictureId, pictureAlt, condition, categorySlug, opensAt }
  return { ...shown, variantIds: product.stock.map((state) => state.variantId), now: null }
}

/** The card for a page that is drawn for its request. */
export function currentCard(product: ProductCardView, serverNow: string): ShownCard {
  const { priceFromCents, priceToCents, compareAtCents, stock } = product
  return { ...stillCard(product), now: { priceFromCents, priceToCents, compareAtCents, stock, serverNow } }
}

/** The product for a page that is kept. */
export function stillProduct(product: ProductView): StillProduct {
  const { id, slug, title, sellerName, sellerHandle, pictureId, pictureAlt, condition, categorySlug, opensAt } = product
  const { description, keywords, optionNames, pictures, seller, category, publishedAt, revision } = product
  return {
    ...{ id, slug, title, sellerName, sellerHandle, pictureId, pictureAlt, condition, categorySlug, opensAt },
    ...{ description, keywords, optionNames, pictures, seller, category, publishedAt, revision },
    variants: product.variants.map((variant) => ({
      id: variant.id,
      optionValues: variant.optionValues,
      sku: variant.sku,
    })),
  }
}
