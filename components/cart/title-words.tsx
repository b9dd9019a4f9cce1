import { formatCountdown } from '#lib/time'

/** What runs out for the viewer: when, on the server's clock; null where nothing does. */
export interface RunningOut {
  readonly holdUntil: string | null
  readonly offerUntil: string | null
}

/**
 * What the title of a tab says that is not looked at: for how long an offer stands, which is the shorter of the two and goes to
 * somebody else, or else the soonest hold. Null where nothing runs. Units: `now` in milliseconds.
 */
export function titleWords({ holdUntil, offerUntil }: RunningOut, now: number): string | null {
  const offer = leftUntil(offerUntil, now)
  if (offer > 0) return `Offer ${formatCountdown(offer)}`
  const hold = leftUntil(holdUntil, now)
  return hold > 0 ? `${formatCountdown(hold)} · Cart` : null
}

/** The soonest of several times; null where there is none. */
export function soonestOf(times: readonly string[]): string | null {
  return times.toSorted((left, right) => Date.parse(left) - Date.parse(right))[0] ?? null
}

function leftUntil(until: string | null, now: number): number {
  return until ? Date.parse(until) - now : 0
}
