import { join } from 'node:path'

/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Pictures come in three widths out of our own pipeline; nothing is resized on request.
  images: { unoptimized: true },
  // Pages that nobody in particular looks at are kept; lib/pages says for how long.
  cacheHandler: join(import.meta.dirname, 'lib', 'pages', 'handler.ts'),
  cacheMaxMemorySize: 0,
  // Next would work the tag out anew for each answer; a kept page has its own, and others are never asked for again.
  generateEtags: false,
  // A browser that was sent a kept page ahead of a click takes it for right for as long, or the shortest that Next allows.
  experimental: { staleTimes: { static: 30 } },
  // A list in another order or after its first page is drawn each time; so is every address `isKeptAddress` leaves out.
  rewrites: () => ({ beforeFiles: ['sort', 'cursor'].flatMap(listsWith) }),
  // Types are checked by `npm test`; a start need not wait for it a second time.
  typescript: { ignoreBuildErrors: true },
  // The development server answers on both names of this machine.
  allowedDevOrigins: ['127.0.0.1', 'localhost'],
  devIndicators: false,
}

/** @param {string} key */
function listsWith(key) {
  return ['/categories/:slug', '/shops/:slug'].map((source) => ({
    source,
    has: [{ type: /** @type {const} */ ('query'), key }],
    destination: `${source}/list`,
  }))
}

export default config
