import type { Answer } from '#lib/api/client'
import { SECOND_MS } from '#lib/time'

const RETRY_MS = 5 * SECOND_MS

/** A market that is out of reach or too busy is asked again in a while; a refusal stands. */
export function askAgain(answer: Answer<unknown>, ask: () => Promise<void>): void {
  const isPassing = !answer.ok && (answer.status === 0 || answer.status === 429 || answer.status >= 500)
  // Not all at the same moment: there may be many who were sent away.
  if (isPassing) setTimeout(() => void ask(), RETRY_MS * (0.5 + Math.random()))
}
