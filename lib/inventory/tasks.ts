import { publishQueued } from './commands/capacity.ts'
import { forgetLines, reclaimDue } from './commands/hold.ts'

/** Twice a second, so that browsers see within one that a hold or an offer is over: its pieces go to the next, or are free. */
export const sweepHolds = { name: 'sweep-holds', everyMs: 500, run: () => reclaimDue() }

/** Each second: pieces that waited for room go on sale. */
export const publishRoom = { name: 'publish-room', everyMs: 1_000, run: publishQueued }

/** Each minute: lines that no limit needs any more are forgotten. */
export const sweepLines = { name: 'sweep-lines', everyMs: 60_000, run: forgetLines }
