import { getTrader } from '../queries.ts'
import type { TraderView } from '../schema.ts'

/** The trader for those who look after the market, with its latest 20 turns. */
export async function getTraderView(): Promise<TraderView> {
  const { current, terms, duties } = await getTrader(20)
  const turn = current && terms.find((term) => term.epoch === current.epoch)
  return {
    at: new Date().toISOString(),
    current: current && {
      epoch: current.epoch,
      node: current.node,
      since: textOf(turn?.beganAt ?? null),
      expiresAt: current.expiresAt.toISOString(),
    },
    terms: terms.map((term) => ({
      ...term,
      beganAt: term.beganAt.toISOString(),
      endedAt: textOf(term.endedAt),
    })),
    duties: duties.map((duty) => ({
      ...duty,
      ranAt: textOf(duty.ranAt),
      succeededAt: textOf(duty.succeededAt),
      failedAt: textOf(duty.failedAt),
      runs: duty.runs.toString(),
      done: duty.done.toString(),
      failures: duty.failures.toString(),
    })),
  }
}

function textOf(time: Date | null): string | null {
  return time?.toISOString() ?? null
}
