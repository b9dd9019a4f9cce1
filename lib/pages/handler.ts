import { expirePages, keepPage, readPage } from './cache.ts'
import { etagOf, hashOf } from './hash.ts'
import { inlineScripts, SCRIPTS_HEADER } from './rules.ts'
import type { KeptPage, Lifetime } from './types.ts'

/** Next's cache of whole pages. Whatever else Next would keep, it does not. */
export default class PageCache {
  get(key: string, { kind }: { kind: string }) {
    const entry = kind === 'APP_PAGE' ? readPage(key, Date.now()) : null
    const answer = entry && { lastModified: entry.keptAt, value: entry.page, cacheControl: entry.lifetime }
    return Promise.resolve(answer)
  }

  set(key: string, page: KeptPage | { readonly kind: 'FETCH' } | null, context: { cacheControl?: Lifetime }) {
    if (page?.kind !== 'APP_PAGE') return Promise.resolve()
    // Next sends this very object, now and out of the cache: what is written into it goes with the page.
    if (page.headers) {
      page.headers[SCRIPTS_HEADER] = inlineScripts(page.html).map(hashOf).join(' ')
      if ((page.status ?? 200) === 200) page.headers.etag = etagOf(page.html)
    }
    // A page that was drawn for one request alone is nobody else's.
    if (!page.html.includes(' nonce="')) keepPage(key, page, context.cacheControl, Date.now())
    return Promise.resolve()
  }

  revalidateTag(tags: string | string[]) {
    expirePages([tags].flat())
    return Promise.resolve()
  }

  /** What Next calls when a request ends; nothing here belongs to one. */
  resetRequestCache() {
    return undefined
  }
}
