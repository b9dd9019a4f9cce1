import { createHash } from 'node:crypto'

/** Names a page by what is in it. Weak, since it may be sent compressed or not. */
export function etagOf(html: string): string {
  return `W/"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"`
}

/** A script as a content security policy names it. */
export function hashOf(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`
}
