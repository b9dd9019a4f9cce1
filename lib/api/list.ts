import type { Context } from 'hono'

/** A page of a list: every list of the API that has pages has this form. */
interface Page {
  readonly nextCursor: string | null
}

/** The page, with a Link header (RFC 8288) to the next one where there is one: this request with its cursor. */
export function page<T extends Page>(c: Context, view: T): T {
  if (view.nextCursor === null) return view
  const url = new URL(c.req.url)
  url.searchParams.set('cursor', view.nextCursor)
  c.header('Link', `<${url.pathname}${url.search}>; rel="next"`)
  return view
}
