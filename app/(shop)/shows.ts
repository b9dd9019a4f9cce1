import { unstable_cache } from 'next/cache'
import type { ProductCardView } from '#lib/catalog/schema'
import { LISTS, productTag, sellerTag } from '#lib/pages/rules'

/** The most that Next takes at once. */
const TAGS_PER_CALL = 128

/**
 * Says what a page shows: it is kept until one of these is edited. Next has no plainer way to hang a tag on a page that it
 * keeps whole; nothing else is stored by it, since `lib/pages` keeps pages only.
 */
export async function shows(tags: readonly string[]): Promise<void> {
  for (let from = 0; from < tags.length; from += TAGS_PER_CALL) {
    const some = tags.slice(from, from + TAGS_PER_CALL)
    await unstable_cache(() => Promise.resolve(null), some, { tags: some })()
  }
}

/** A list of products shows each of them, its seller's name, and that there is no newer one. */
export function tagsOfList(products: readonly ProductCardView[]): string[] {
  const shown = products.flatMap((product) => [productTag(product.id), sellerTag(product.sellerHandle)])
  return [LISTS, ...new Set(shown)]
}
