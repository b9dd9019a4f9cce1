import type { IncomingHttpHeaders } from 'node:http'
import type { Entry, KeptPage } from './types.ts'

/** On every page that lists products: what is new may have to stand there. */
export const LISTS = 'lists'

export const productTag = (id: string): string => `product:${id}`
export const sellerTag = (id: string): string => `seller:${id}`
export const categoryTag = (slug: string): string => `category:${slug}`

/**
 * Whether Next keeps what it draws at this address: the market, a product, and a category or a shop from the beginning in
 * its first order. `next.config.js` sends the other orders and the later pages of a list to a page that is drawn each time.
 */
export function isKeptAddress(url: string): boolean {
  const [path = '', query = ''] = url.split('?', 2)
  if (path === '/' || /^\/products\/[^/]+$/.test(path)) return true
  if (!/^\/(categories|shops)\/[^/]+$/.test(path)) return false
  const params = new URLSearchParams(query)
  return !params.has('sort') && !params.has('cursor')
}

/** The path of an address: what is kept does not depend on the query. */
export function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '/'
}

/** The path of the page that Next keeps under a key: it stands after the name of the build's own code for it. */
export function pathOfKey(key: string): string {
  const path = key.slice(key.indexOf('/$') + 2)
  return path === '/index' ? '/' : path
}

/** By these a request asks Next for something else than the page, or for the page without what is kept. */
const NOT_PLAIN = [
  'rsc',
  'next-action',
  'next-router-prefetch',
  'next-router-state-tree',
  'x-prerender-revalidate',
  'range',
]

/** Whether a browser asks for a page that is kept, and for nothing but the page. */
export function isPlainRequest(method: string | undefined, url = '/', headers: IncomingHttpHeaders): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  if (!isKeptAddress(url) || url.includes('_rsc=') || url.includes('%')) return false
  return (
    NOT_PLAIN.every((name) => headers[name] === undefined) && !(headers.cookie ?? '').includes('__prerender_bypass')
  )
}

/** Whether an answer may be sent packed. Source: RFC 9110, section 12.5.3. */
export function acceptsGzip(accepted: string | undefined): boolean {
  const offers = (accepted ?? '').toLowerCase().split(',')
  return offers.some((offer) => /^\s*(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/.test(offer))
}

/** The header in which a page brings the hashes of its inline scripts; the server turns it into the page's policy. */
export const SCRIPTS_HEADER = 'x-inline-scripts'

/** The text of every inline script of a page that a browser would run; data blocks are none. */
export function inlineScripts(html: string): string[] {
  const scripts: string[] = []
  for (const [, attributes = '', text = ''] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)) {
    if (!/\ssrc=/.test(attributes) && !/\stype="application\//.test(attributes)) scripts.push(text)
  }
  return scripts
}

/** The tags that a page was drawn under, as Next writes them down. */
export function tagsOf(page: KeptPage): Set<string> {
  const written = page.headers?.['x-next-cache-tags']
  return new Set(typeof written === 'string' ? written.split(',') : [])
}

/** What a page takes in memory, about. Units: bytes. */
export function sizeOf({ html, rscData, segmentData }: KeptPage): number {
  const segments = [...(segmentData?.values() ?? [])].reduce((sum, segment) => sum + segment.byteLength, 0)
  // Twice for the text, and once and a half for what it is sent as.
  return 3.5 * html.length + (rscData?.byteLength ?? 0) + segments + 1_000
}

/** Whether Next will want to draw it anew when it is handed over at `now`. */
export function isOverdue({ keptAt, lifetime }: Entry, now: number): boolean {
  return typeof lifetime?.revalidate === 'number' && keptAt + lifetime.revalidate * 1_000 < now
}

/** The name of the cookie that keeps the reader's choice; without it the system's theme holds. */
export const THEME_COOKIE = 'souk.theme'
