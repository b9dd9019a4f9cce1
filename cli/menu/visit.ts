import type { Market } from '../market.ts'
import type { Ask } from '../terminal/ask.ts'
import type { Surroundings } from '../terminal/command.ts'

/** Somebody at the menu. */
export interface Visit extends Surroundings {
  /** As whoever is signed in by now. */
  market: Market
  /** Asks on the menu's screen, and only for so long. */
  readonly ask: Ask
  /** Says something between two questions. */
  say(words: string): void
  /** The market as a member; asks who it is where nobody is signed in. */
  asMember(): Promise<Market>
}
