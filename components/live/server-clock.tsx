/** How far the server's clock is ahead of this browser's, at least; null until first heard of. */
let offsetMs: number | null = null

/**
 * Learns from a time the server wrote into something that has just been received, however long that took to arrive.
 * Delay only ever makes the server look earlier, so the most advanced clock heard of is the truest, and none is ahead of it:
 * nothing opens in a browser before it does on the server.
 */
export function hearServerTime(serverNow: string): void {
  const heard = Date.parse(serverNow) - Date.now()
  if (Number.isFinite(heard)) offsetMs = Math.max(offsetMs ?? heard, heard)
}

/**
 * Learns from an answer whose request was timed. The server wrote it after it was asked: a clock believed to be further ahead
 * than that allows was heard before this browser's own was set, and is forgotten.
 */
export function hearServerAnswer(serverNow: string, askedAt: number): void {
  if (offsetMs !== null && offsetMs > Date.parse(serverNow) - askedAt) offsetMs = null
  hearServerTime(serverNow)
}

/** The time on the server's clock, in milliseconds; late by what the quickest news of it took to arrive. */
export function serverTime(): number {
  return Date.now() + (offsetMs ?? 0)
}
