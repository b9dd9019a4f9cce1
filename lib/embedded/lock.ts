import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Does the work while no other process works under the same file; waits up to `waitMs`, calling `onWait` once.
 * Returns null, the work undone, when the wait was in vain.
 * Concurrency: SQLite's exclusive transaction is the operating system's own file lock, which ends with the process that
 * holds it, also by kill -9: nothing to clean up, no pid to compare. The file stays, and stays empty.
 */
export async function withLock<T>(
  file: string,
  work: () => Promise<T>,
  { waitMs = Infinity, onWait }: { waitMs?: number; onWait?: () => void } = {},
): Promise<{ value: T } | null> {
  // Defensive, the default, SQLite would insist on a journal.
  const lock = new DatabaseSync(file, { timeout: 0, defensive: false })
  try {
    if (!tryTake(lock)) {
      onWait?.()
      const until = performance.now() + waitMs
      while (!tryTake(lock)) {
        if (performance.now() > until) return null
        await sleep(100)
      }
    }
    return { value: await work() }
  } finally {
    lock.close()
  }
}

const SQLITE_BUSY = 5

function tryTake(lock: DatabaseSync): boolean {
  try {
    // Without a journal no second file appears beside it, and a killed process leaves nothing to roll back.
    lock.exec('pragma journal_mode = off; begin exclusive')
    return true
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false
    throw error
  }
}
