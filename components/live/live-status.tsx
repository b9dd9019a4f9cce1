/** How fresh the numbers on the screen are. */
export interface LiveStatus {
  /** `off`: no live connection for longer than a moment. */
  readonly mode: 'live' | 'off'
  /** When the numbers were last known to be right; counts only while `off`. */
  readonly freshAt: number
}

/** A reconnect that takes no longer than this is nobody's business. */
const GRACE_MS = 5_000

const LIVE: LiveStatus = { mode: 'live', freshAt: 0 }
const listeners = new Set<() => void>()
let status = LIVE
let freshAt = 0
let grace: ReturnType<typeof setTimeout> | null = null

export function readStatus(): LiveStatus {
  return status
}

export function readServerStatus(): LiveStatus {
  return LIVE
}

export function subscribeToStatus(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** The connection is up and the counts have been caught up on. */
export function noteLive(): void {
  if (grace) clearTimeout(grace)
  grace = null
  freshAt = Date.now()
  set(LIVE)
}

/** The connection is not there. Calls `whenOff` once that has lasted. */
export function noteLost(whenOff: () => void): void {
  if (grace || status.mode === 'off') return
  freshAt = Date.now()
  grace = setTimeout(() => {
    grace = null
    set({ mode: 'off', freshAt })
    whenOff()
  }, GRACE_MS)
}

/** A poll brought the counts as they are now. */
export function notePolled(): void {
  freshAt = Date.now()
  if (status.mode === 'off') set({ mode: 'off', freshAt })
}

function set(next: LiveStatus): void {
  if (next === status) return
  status = next
  for (const listener of listeners) listener()
}
