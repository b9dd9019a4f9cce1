import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { expect, test } from 'vitest'
import { batchMetrics, createBatcher, Overloaded } from './batch.ts'
import { CommitUnknown } from './db.ts'

const options = { laneOf: () => 'one', lanes: 1, maxBatch: 100, maxQueue: 1_000, maxWaitMs: 10_000 }

function refusedByDatabase(): pg.DatabaseError {
  return new pg.DatabaseError('planted', 0, 'error')
}

test('requests of one turn of the event loop, and those that arrive while a batch is in flight, go as one', async () => {
  const sizes: number[] = []
  const double = createBatcher<number, number>({
    ...options,
    run: async (requests) => {
      sizes.push(requests.length)
      await sleep(5)
      return requests.map((n) => n * 2)
    },
  })
  const first = [double(0), double(1)]
  await turn()
  const others = Array.from({ length: 48 }, (_, n) => double(n + 2))
  expect(await Promise.all([...first, ...others])).toEqual(Array.from({ length: 50 }, (_, n) => n * 2))
  expect(sizes).toEqual([2, 48])
})

test('one bad request is refused alone and its neighbours are served', async () => {
  const run = createBatcher<number, number>({
    ...options,
    run: (requests) => (requests.includes(7) ? Promise.reject(refusedByDatabase()) : Promise.resolve(requests)),
  })
  const results = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => run(n)))
  expect(results.filter((result) => result.status === 'rejected')).toHaveLength(1)
  expect(results[7]?.status).toBe('rejected')
})

test('after a connection lost at COMMIT the same requests are run again, whole', async () => {
  const runs: (readonly number[])[] = []
  const run = createBatcher<number, number>({
    ...options,
    run: (requests) => {
      runs.push(requests)
      return runs.length === 1 ? Promise.reject(new CommitUnknown('planted')) : Promise.resolve(requests)
    },
  })
  expect(await run(1)).toBe(1)
  expect(runs).toEqual([[1], [1]])
})

test('an error that may have come after COMMIT is not split into second tries', async () => {
  let runs = 0
  const run = createBatcher<number, number>({
    ...options,
    run: () => {
      runs++
      return Promise.reject(new Error('a bug'))
    },
  })
  const results = await Promise.allSettled([run(1), run(2), run(3)])
  expect(results.every((result) => result.status === 'rejected')).toBe(true)
  expect(runs).toBe(1)
})

test('a full queue refuses at once instead of growing', async () => {
  let open = () => undefined as void
  const gate = new Promise<void>((resolve) => (open = resolve))
  const run = createBatcher<number, number>({
    ...options,
    maxQueue: 3,
    run: async (requests) => {
      await gate
      return requests
    },
  })
  const first = run(0)
  await turn()
  const queued = [run(1), run(2), run(3)]
  await expect(run(4)).rejects.toBeInstanceOf(Overloaded)
  open()
  expect(await Promise.all([first, ...queued])).toEqual([0, 1, 2, 3])
})

test('whoever waited too long is refused instead of served late', async () => {
  const run = createBatcher<number, number>({
    ...options,
    maxWaitMs: 10,
    run: async (requests) => {
      await sleep(40)
      return requests
    },
  })
  const early = run(1)
  await turn()
  const [first, second] = await Promise.allSettled([early, run(2)])
  expect(first.status).toBe('fulfilled')
  expect(second).toMatchObject({ status: 'rejected', reason: expect.any(Overloaded) as unknown })
})

test('how many went together, and how many were sent away, is counted', async () => {
  const read = () => batchMetrics().map(({ values }) => values[0]?.value ?? 0)
  const before = read()
  const run = createBatcher<number, number>({ ...options, maxQueue: 3, run: (requests) => Promise.resolve(requests) })
  await Promise.allSettled(Array.from({ length: 5 }, (_, n) => run(n)))
  expect(read().map((value, index) => value - (before[index] ?? 0))).toEqual([1, 3, 2])
  expect(batchMetrics().map(({ name }) => name)).toEqual([
    'souk_batches_total',
    'souk_batched_requests_total',
    'souk_batch_overloaded_total',
  ])
})
