import { env } from '#lib/env'

/** The public address of the market, for links that leave it: previews, search engines. */
export function marketUrl(path = '/'): string {
  const { PUBLIC_URL, PORT } = env()
  return new URL(path, PUBLIC_URL ?? process.env.NEXTAUTH_URL ?? `http://localhost:${PORT}`).href
}
