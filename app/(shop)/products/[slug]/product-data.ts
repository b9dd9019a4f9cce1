import type { ProductView } from '#lib/catalog/schema'
import { pictureUrl } from '#lib/media/rules'

const CONDITIONS: Record<ProductView['condition'], string> = {
  new: 'https://schema.org/NewCondition',
  like_new: 'https://schema.org/UsedCondition',
  good: 'https://schema.org/UsedCondition',
  fair: 'https://schema.org/UsedCondition',
}

/**
 * What search engines are told about a product, in schema.org's words: nothing that may be wrong by the time it is read, so
 * neither price nor stock. `urlOf` makes addresses absolute.
 */
export function productData(product: ProductView, urlOf: (path: string) => string): object {
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: product.title,
    description: product.description,
    image: product.pictures.map((picture) => urlOf(pictureUrl(picture.id, 1600))),
    category: product.category.name,
    url: urlOf(`/products/${product.slug}`),
    itemCondition: CONDITIONS[product.condition],
    brand: { '@type': 'Organization', name: product.seller.name },
  }
}

/** JSON that may stand inside a script element: no seller's text can end the element or begin a comment in it. */
export function scriptSafe(data: object): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026')
}
