import { expect, test } from 'vitest'
import { startSilentProxy } from '../scripts/test-silence.ts'
import { useTestDatabase } from '../scripts/test-database.ts'
import { CommitUnknown, newPool, sql, transact } from './db.ts'

const { url } = await useTestDatabase()

test('a database that goes silent in the middle of work keeps nobody waiting, and is worked with when it is back', async () => {
  const proxy = await startSilentProxy(url)
  const pool = newPool({ connectionString: proxy.url, query_timeout: 200, max: 1 })
  const one = sql<{ one: number }>`select 1 as one`
  expect(await transact((tx) => tx.run(one), pool)).toEqual([{ one: 1 }])
  const inside = transact((tx) => {
    proxy.silence()
    return tx.run(one)
  }, pool)
  await expect(inside).rejects.toThrow('Query read timeout')
  proxy.mend()
  const atCommit = transact(async (tx) => {
    await tx.run(one)
    proxy.silence()
  }, pool)
  await expect(atCommit).rejects.toThrow(CommitUnknown)
  proxy.mend()
  expect(await transact((tx) => tx.run(one), pool)).toEqual([{ one: 1 }])
  await pool.end()
  await proxy.close()
})
