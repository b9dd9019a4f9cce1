import { getRequestListener } from '@hono/node-server'
import type { createApp } from './app.ts'

/**
 * Answers Node's requests with the app.
 * The library's own Response keeps a body as the text it is until somebody asks for a stream, and takes the place of the
 * global one: 60 µs a request less than through a stream. Next's classes extend the one from before, so `instanceof` has to
 * know both for a page's route to be believed.
 */
export function listenerOf(app: ReturnType<typeof createApp>): ReturnType<typeof getRequestListener> {
  const Native = globalThis.Response
  const listener = getRequestListener(app.fetch)
  Object.defineProperty(globalThis.Response, Symbol.hasInstance, { value: (value: unknown) => isMadeBy(Native, value) })
  return listener
}

function isMadeBy(Native: typeof Response, value: unknown): boolean {
  return typeof value === 'object' && value !== null && Native.prototype.isPrototypeOf(value)
}
