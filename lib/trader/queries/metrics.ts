import type { Metric } from '#lib/metrics'
import { traderStatus } from '../runner.ts'
import type { DutyRecord } from '../types.ts'

/** What this node knows of itself as a candidate: whether it trades, and what became of its duties since it started. */
export function traderMetrics(): readonly Metric[] {
  const status = traderStatus()
  if (!status) return []
  const { term } = status
  const duties = [...status.duties.values()]
  const perDuty = (name: string, type: Metric['type'], help: string, valueOf: (duty: DutyRecord) => number): Metric => {
    const values = duties.map((duty) => ({ labels: { duty: duty.name }, value: valueOf(duty) }))
    return { name: `souk_trader_duty_${name}`, help, type, values }
  }
  const isHeld = term?.isOurs() ?? false
  return [
    {
      name: 'souk_trader_lease_held',
      help: '1 on the node that trades, 0 on others. The sum over all nodes is 1; for some seconds of a takeover it is 0.',
      type: 'gauge',
      values: [{ value: Number(isHeld) }],
    },
    {
      name: 'souk_trader_epoch',
      help: 'The turn of the node that trades; 0 on others.',
      type: 'gauge',
      values: [{ value: isHeld ? (term?.epoch ?? 0) : 0 }],
    },
    perDuty('runs_total', 'counter', 'Runs of a duty on this node.', ({ runs }) => runs),
    perDuty('done_total', 'counter', 'What they did, in things of the duty.', ({ done }) => done),
    perDuty('failures_total', 'counter', 'Runs that failed; each was tried again.', ({ failures }) => failures),
    perDuty('failing', 'gauge', 'Failures in a row.', ({ failing }) => failing),
    perDuty('lag_seconds', 'gauge', 'How late the last run began.', ({ lagMs }) => lagMs / 1_000),
    perDuty('took_seconds', 'gauge', 'How long the last run took.', ({ tookMs }) => tookMs / 1_000),
  ]
}
