import { endPools, sql, transact } from '#lib/db'
import { settleDue } from '#lib/orders/commands/settle'
import { payOut, resumePayouts } from '#lib/trader/commands/pay-out'
import { startTrader, traderStatus } from '#lib/trader/runner'
import type { Duty } from '#lib/trader/types'
import { watchStatements, type Failpoint } from './failpoint.ts'

/**
 * A candidate without its doors: a process that stands for the trader and does some duties, fast. Its parent, `test-traders.ts`,
 * may have it stand still or die at a statement. Started with fork; the database is DATABASE_URL's.
 */

export type ToTrader = Failpoint | 'stop'

/** That it took itself for the trader at a moment of the machine's monotonic clock. */
export interface Sighting {
  readonly epoch: number
  readonly at: bigint
}

const duties: readonly Duty[] = [
  {
    name: 'probe',
    periodMs: 10,
    batch: Infinity,
    run: async ({ epoch }) => {
      await transact((tx) => tx.run(sql`insert into trader_probe (epoch) values (${epoch})`))
      return 1
    },
  },
  { name: 'settle', periodMs: 150, batch: 1, run: ({ batch }) => settleDue(batch, 1) },
  {
    name: 'pay-out',
    periodMs: 50,
    batch: 5,
    run: ({ epoch, batch }) => payOut({ epoch, most: batch, leastCents: 1n, everyMs: 1 }),
  },
  { name: 'resume-payouts', periodMs: 100, batch: 5, run: ({ epoch, batch }) => resumePayouts({ epoch, most: batch }) },
]

if (process.send) {
  const failAt = watchStatements()
  const trader = startTrader(duties)
  const looking = setInterval(() => {
    const term = traderStatus()?.term
    if (term?.isOurs()) process.send?.({ epoch: term.epoch, at: process.hrtime.bigint() } satisfies Sighting)
  }, 10)
  process.on('message', (said: ToTrader) => {
    if (said === 'stop') void stop()
    else failAt(said)
  })
  const stop = async () => {
    await trader.stop()
    clearInterval(looking)
    await endPools()
    process.disconnect()
  }
  // Whoever started it is gone.
  process.on('disconnect', () => process.exit())
  process.send('ready')
}
