import { createServer, type AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { isOverload, newPool } from './db.ts'

test('a database that takes no connection in time is a busy market, not a bug', async () => {
  const mute = createServer(() => undefined)
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
  const { port } = mute.address() as AddressInfo
  const pool = newPool({
    connectionString: `postgres://souk@127.0.0.1:${port}/souk`,
    connectionTimeoutMillis: 50,
    max: 1,
  })
  const asked = await Promise.allSettled([pool.query('select 1'), pool.query('select 1')])
  expect(asked.map((each) => each.status === 'rejected' && isOverload(each.reason))).toEqual([true, true])
  await pool.end()
  mute.close()
})

test('every pool waits for an answer longer than the server may take, and not for ever', async () => {
  const pool = newPool({})
  const { statement_timeout: server, query_timeout: client, keepAlive } = pool.options
  expect(client).toBeGreaterThan(Number(server))
  expect(keepAlive).toBe(true)
  await pool.end()
})
