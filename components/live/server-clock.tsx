/** How far the server's clock is ahead of this browser's; null until first heard of. */
let offsetMs: number | null = null

/**
 * Learns from a time the server wrote into something that has just been received, however long that took to arrive.
 * Delay only ever makes the server look earlier, so the most advanced clock heard of is the truest.
 */
export function hearServerTime(serverNow: string): void {
  const heard = Date.parse(serverNow) - Date.now()
  if (Number.isFinite(heard)) offsetMs = Math.max(offsetMs ?? heard, heard)
}

/** Learns from an answer whose request was timed: exact to half its way, so it replaces what was known. */
export function setServerTime(serverNow: string, askedAt: number): void {
  const now = Date.now()
  offsetMs = Date.parse(serverNow) + (now - askedAt) / 2 - now
}

/** The time on the server's clock, in milliseconds. */
export function serverTime(): number {
  return Date.now() + (offsetMs ?? 0)
}
