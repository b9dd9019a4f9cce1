import type { PlannedProduct } from './shopify.ts'

/** Versions and pictures in one transaction. Whoever waits for the seller's row meanwhile waits for a fraction of a second. */
const CHUNK = 100

/** The products in their order, as many at a time as are written together: one of many versions may go alone. */
export function inChunks(products: readonly PlannedProduct[]): PlannedProduct[][] {
  const chunks: PlannedProduct[][] = []
  let room = 0
  for (const product of products) {
    if (room <= 0) {
      chunks.push([])
      room = CHUNK
    }
    chunks.at(-1)?.push(product)
    room -= product.variants.length + product.pictures.length
  }
  return chunks
}
