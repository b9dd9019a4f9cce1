import type { ProductView } from '#lib/catalog/schema'
import { pictureUrl } from '#lib/media/rules'
import { CURRENCY, writeAmount } from '#lib/money'

const CONDITIONS: Record<ProductView['condition'], string> = {
  new: 'https://schema.org/NewCondition',
  like_new: 'https://schema.org/UsedCondition',
  good: 'https://schema.org/UsedCondition',
  fair: 'https://schema.org/UsedCondition',
}

/** What search engines are told about a product, in schema.org's words. `urlOf` makes addresses absolute. */
export function productData(product: ProductView, urlOf: (path: string) => string): object {
  const available = product.stock.some((state) => state.onSale && state.available > 0)
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: product.title,
    description: product.description,
    image: product.pictures.map((picture) => urlOf(pictureUrl(picture.id, 1600))),
    category: product.category.name,
    url: urlOf(`/products/${product.slug}`),
    offers: {
      '@type': 'AggregateOffer',
      priceCurrency: CURRENCY,
      lowPrice: writeAmount(BigInt(product.priceFromCents)),
      highPrice: writeAmount(BigInt(product.priceToCents)),
      offerCount: product.variants.length,
      availability: available ? 'https://schema.org/InStock' : 'https://schema.org/OutOfStock',
      itemCondition: CONDITIONS[product.condition],
      seller: { '@type': 'Organization', name: product.seller.name },
    },
  }
}

/** JSON that may stand inside a script element: no seller's text can end the element or begin a comment in it. */
export function scriptSafe(data: object): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026')
}
