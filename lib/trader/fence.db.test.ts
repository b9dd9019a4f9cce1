import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { db, guarded, newPool, sql, transact } from '#lib/db'
import { createBatcher } from '#lib/batch'
import { until } from '../../scripts/test-race.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { fenced, inTerm, StaleEpoch } from './fence.ts'
import { listTerms, releaseLease, renewLease, takeLease } from './sql/lease.ts'
import type { Term } from './types.ts'

const { url } = await useTestDatabase()

const pool = newPool({ connectionString: url, max: 3 })
beforeAll(() => db.run(sql`create table written (epoch int not null)`))
beforeEach(() => db.run(sql`delete from written`))
afterAll(() => pool.end())

const TTL_MS = 60_000

/** A turn of a node that nobody else's lease stands in the way of. */
async function beginTerm(node: string): Promise<Term & { ended: boolean }> {
  await db.run(sql`update trader_lease set expires_at = date_trunc('milliseconds', clock_timestamp())`)
  const [row] = await db.run(takeLease(node, TTL_MS))
  const term = { epoch: row?.epoch ?? 0, ended: false, isOurs: () => !term.ended, end: () => void (term.ended = true) }
  return term
}

const write = (epoch: number) => sql`insert into written (epoch) values (${epoch})`
const written = () => db.run(sql<{ epoch: number }>`select epoch from written order by epoch`)

/** Whether somebody waits for a lock in this database. */
async function isWaiting(): Promise<boolean> {
  const rows = await db.run(sql`
    select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
  return rows.length > 0
}

test('a takeover waits for a transaction that passed the fence, and the next one of that turn is refused', async () => {
  const term = await beginTerm('a')
  const order: string[] = []
  let taking: Promise<unknown> = Promise.resolve()
  await transact(async (tx) => {
    await fenced(tx, term.epoch)
    await db.run(sql`select 1`)
    taking = beginTermOver('b').then(() => order.push('taken over'))
    await until(isWaiting)
    await tx.run(write(term.epoch))
    tx.afterCommit(() => order.push('written'))
  })
  await taking
  expect(order).toEqual(['written', 'taken over'])
  const late = transact((tx) => fenced(tx, term.epoch).then(() => tx.run(write(term.epoch))))
  await expect(late).rejects.toMatchObject({ name: 'StaleEpoch', by: 'fence', epoch: term.epoch })
  expect(await written()).toEqual([{ epoch: term.epoch }])
})

/** As after the lease ran out, on a connection of its own. */
async function beginTermOver(node: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('begin')
    // The row's other columns may change while it is fenced; its epoch may not.
    await client.query(`update trader_lease set expires_at = date_trunc('milliseconds', clock_timestamp())`)
    const { text, values } = takeLease(node, TTL_MS)
    await client.query(text, [...values])
    await client.query('commit')
  } finally {
    await client.end()
  }
}

test('a renewal does not wait for the trader’s transactions', async () => {
  const term = await beginTerm('a')
  await transact(async (tx) => {
    await fenced(tx, term.epoch)
    expect(await db.run(renewLease('a', term.epoch, TTL_MS))).toEqual([{ epoch: term.epoch }])
  })
})

test('every transaction of a turn, and every statement outside one, is kept out once the turn is over', async () => {
  const old = await beginTerm('a')
  await inTerm(old, pool, () => db.run(write(old.epoch)))
  const next = await beginTerm('b')
  // The node has not noticed: its clock says that it is its turn.
  const tries: (() => Promise<unknown>)[] = [
    () => db.run(write(old.epoch)),
    () => transact((tx) => tx.run(write(old.epoch))),
    () => transact((tx) => Promise.resolve(tx.send(write(old.epoch)))),
  ]
  for (const attempt of tries) {
    old.ended = false
    await expect(inTerm(old, pool, attempt)).rejects.toBeInstanceOf(StaleEpoch)
    expect(old.ended).toBe(true)
  }
  await inTerm(next, pool, () => db.run(write(next.epoch)))
  expect(await written()).toEqual([{ epoch: old.epoch }, { epoch: next.epoch }])
  const [, refused] = await db.run(listTerms(2))
  expect(refused).toMatchObject({ epoch: old.epoch, refused: 3, why: 'expired' })
})

test('a turn that this node knows to be over asks nobody any more', async () => {
  const term = await beginTerm('a')
  term.end()
  await expect(inTerm(term, pool, () => db.run(write(term.epoch)))).rejects.toMatchObject({ by: 'clock' })
  expect(await written()).toEqual([])
})

test('what goes along with others is theirs: a batch that the trader set off is not kept out with it', async () => {
  const ask = createBatcher<number, number>({
    run: async (requests) => {
      for (const request of requests) await db.run(write(request))
      return requests
    },
    laneOf: () => '',
    ...{ lanes: 1, maxBatch: 10, maxQueue: 10, maxWaitMs: 1_000 },
  })
  const guard = { pool, check: () => undefined, enter: () => Promise.reject(new Error('kept out')) }
  await guarded(guard, async () => {
    await ask(7)
    await expect(db.run(write(8))).rejects.toThrow('kept out')
  })
  expect(await written()).toEqual([{ epoch: 7 }])
})

test('the history tells every turn: who, until when, and why it ended', async () => {
  await db.run(sql`delete from trader_term`)
  const first = await beginTerm('a')
  await db.run(releaseLease('a', first.epoch))
  const [second] = await db.run(takeLease('b', TTL_MS))
  // It lost touch, and is back before the lease has run out: another turn, of the same node.
  const [third] = await db.run(takeLease('b', TTL_MS))
  expect(await db.run(takeLease('c', TTL_MS))).toMatchObject([{ epoch: null }])
  const fourth = await beginTerm('c')
  const terms = await db.run(listTerms(9))
  expect(terms.map(({ epoch, node, why }) => ({ epoch, node, why }))).toEqual([
    { epoch: fourth.epoch, node: 'c', why: null },
    { epoch: third?.epoch, node: 'b', why: 'expired' },
    { epoch: second?.epoch, node: 'b', why: 'stepped_down' },
    { epoch: first.epoch, node: 'a', why: 'released' },
  ])
  for (const [index, term] of terms.slice(1).entries()) {
    expect(term.endedAt?.getTime()).toBeGreaterThanOrEqual(term.beganAt.getTime())
    expect(term.endedAt?.getTime()).toBeLessThanOrEqual(terms[index]?.beganAt.getTime() ?? 0)
  }
})
