import { publishQueued } from './commands/capacity.ts'
import { forgetLines, reclaimDue } from './commands/hold.ts'

/** Each second: pieces whose hold or offer is over go to the next in line or back on the shelf, and browsers see it. */
export const sweepHolds = { name: 'sweep-holds', everyMs: 1_000, run: () => reclaimDue() }

/** Each second: pieces that waited for room go on sale. */
export const publishRoom = { name: 'publish-room', everyMs: 1_000, run: publishQueued }

/** Each minute: lines that no limit needs any more are forgotten. */
export const sweepLines = { name: 'sweep-lines', everyMs: 60_000, run: forgetLines }
