import type { Cents } from '#lib/money'

export interface SalesDay {
  readonly day: string
  readonly totalCents: Cents
  readonly count: number
}

/** Sums of the last day and the last seven of a row of days, oldest first. Units: cents, seller orders. */
export function summarize(daily: readonly SalesDay[]) {
  const sum = (days: readonly SalesDay[]) => ({
    cents: days.reduce((total, day) => total + day.totalCents, 0n),
    count: days.reduce((total, day) => total + day.count, 0),
  })
  return { today: sum(daily.slice(-1)), week: sum(daily.slice(-7)) }
}
