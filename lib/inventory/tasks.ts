import { reclaimDue } from './commands/hold.ts'

/** Each second: pieces whose hold is over go back on the shelf, and browsers see it. */
export const sweepHolds = { name: 'sweep-holds', everyMs: 1_000, run: () => reclaimDue() }
