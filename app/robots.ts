import type { MetadataRoute } from 'next'

// Said per request like every page, so that a move to another address needs no build.
export const dynamic = 'force-dynamic'

/** What search engines may read: the stalls, and nothing that belongs to one person. */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: {
      userAgent: '*',
      allow: '/',
      disallow: ['/api/', '/account', '/cart', '/checkout', '/orders', '/sell', '/search'],
    },
  }
}
