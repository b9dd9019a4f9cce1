/** What a key was counted to, and how long its window still lasts. */
export interface Counted {
  readonly count: number
  readonly leftMs: number
}

/** Adds to what a key was counted to in its window; a negative number takes back. */
export type Windows = (key: string, more?: number) => Counted

/**
 * Counts by key, each in a window of so many milliseconds that begins with its first count.
 * Nothing is taken out one by one: two maps take turns, and what was last begun two windows ago goes with the older of them.
 * So a count costs no timer, and what a flood left behind goes with later counts.
 */
export function createWindows(ms: number): Windows {
  let young = new Map<string, { count: number; endsAt: number }>()
  let old: typeof young = new Map()
  let turnsAt = 0
  return (key, more = 1) => {
    const now = performance.now()
    if (now >= turnsAt) {
      old = young
      young = new Map()
      turnsAt = now + ms
    }
    let window = young.get(key) ?? old.get(key)
    if (!window || now >= window.endsAt) {
      window = { count: 0, endsAt: now + ms }
      young.set(key, window)
    }
    window.count += more
    return { count: window.count, leftMs: window.endsAt - now }
  }
}
