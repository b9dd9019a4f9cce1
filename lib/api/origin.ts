import { env } from '#lib/env'

/**
 * Whether a browser's Origin is this market itself: PUBLIC_URL where it is set, else the host the request was sent to.
 * WebSockets know no CORS and cookies are sent by any site's form, so every write and every handshake asks this.
 */
export function isOurOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (!origin || !URL.canParse(origin)) return false
  const { PUBLIC_URL } = env()
  const url = new URL(origin)
  if (PUBLIC_URL) return url.origin === new URL(PUBLIC_URL).origin
  return url.protocol === 'http:' && url.host === host
}
