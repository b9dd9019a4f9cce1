import { reclaimDue } from './commands/hold.ts'

/** So long the trader has for what is due; it looks twice a second. */
const LATE_MS = 400

/**
 * Twice a second, on every node: what the trader left lying, because there is none just now. Then too browsers see within a
 * second that a hold or an offer is over. Where there is a trader this finds nothing.
 */
export const sweepLate = { name: 'sweep-late', everyMs: 500, run: () => reclaimDue(500, LATE_MS) }
