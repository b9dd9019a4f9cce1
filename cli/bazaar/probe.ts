import { db, sql, transact } from '#lib/db'
import type { Duty } from '#lib/trader/types'

/** Where nobody writes for longer than this, nobody trades. */
const PROBE_MS = 20

/** What a bazaar's traders do beside their work: leave a trace of every moment at which they could write. */
export const probe: Duty = {
  name: 'bazaar-probe',
  periodMs: PROBE_MS,
  batch: Infinity,
  run: async ({ epoch }) => {
    await transact((tx) => tx.run(sql`insert into bazaar_probe (epoch) values (${epoch})`))
    return 1
  },
}

/** Makes room for those traces, a table that only bazaars have, and forgets those of the bazaar before. */
export async function prepareProbe(): Promise<void> {
  await db.run(sql`
    create table if not exists bazaar_probe (
      epoch int not null,
      at timestamptz(3) not null default clock_timestamp()
    )`)
  await db.run(sql`create index if not exists bazaar_probe_idx on bazaar_probe (epoch, at)`)
  await db.run(sql`truncate bazaar_probe`)
}
