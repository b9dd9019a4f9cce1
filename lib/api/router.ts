import type { Router } from 'hono/router'
import { RegExpRouter } from 'hono/router/reg-exp-router'

/**
 * Finds what answers an address. Hono's fast router takes a name or a parameter at one place of an address, not both
 * (`/tokens/current` beside `/tokens/{id}`), and the one it falls back to goes through a tree at every request. So there are two
 * fast ones: for addresses without a parameter, and for all others.
 */
export function createRouter<T>(): Router<T> {
  const plain = new RegExpRouter<T>()
  const others = new RegExpRouter<T>()
  const names = new Set<string>()
  return {
    name: 'plain-first',
    add(method, path, handler) {
      const isPlain = !/[:*]/.test(path)
      if (isPlain) names.add(`${method} ${path}`)
      if (isPlain || path.endsWith('*')) plain.add(method, path, handler)
      if (!isPlain) others.add(method, path, handler)
    },
    match: (method, path) => (names.has(`${method} ${path}`) ? plain : others).match(method, path),
  }
}
