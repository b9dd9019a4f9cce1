import type { Detail } from '#lib/result'

/** A refused add in a sentence or two: the API's own, and what the buyer can hope for. */
export function refusalWords({ code, message, detail }: { code: string; message: string; detail: Detail }): string {
  const available = typeof detail.available === 'number' ? detail.available : 0
  const inCarts = typeof detail.inCarts === 'number' ? detail.inCarts : 0
  if (code === 'not-enough' && available > 0)
    return `${message} ${available} more ${available === 1 ? 'is' : 'are'} free.`
  if ((code === 'sold-out' || code === 'not-enough') && inCarts > 0) {
    return `${message} ${inCarts} ${inCarts === 1 ? 'is in another cart and may come back.' : 'are in other carts and may come back.'}`
  }
  if (code === 'over-cap' && typeof detail.cap === 'number') return `${message} The most is ${detail.cap}.`
  return message
}
