import { expect, test, vi } from 'vitest'
import { Overloaded } from './batch.ts'
import { createTurns } from './turns.ts'

/** Work that ends when it is told to. */
function work() {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const start = (name: string) => () => {
    begun.push(name)
    return new Promise<string>((resolve) => ends.set(name, () => resolve(name)))
  }
  return { begun, start, end: (name: string) => ends.get(name)?.() }
}

test('few are at work at once, and the others come in their order', async () => {
  const { begun, start, end } = work()
  const turns = createTurns({ atOnce: 2, queue: 10, maxWaitMs: 60_000 })
  const all = ['a', 'b', 'c', 'd'].map((name) => turns.run(start(name)))
  expect(begun).toEqual(['a', 'b'])
  end('b')
  expect(await all[1]).toBe('b')
  await vi.waitFor(() => expect(begun).toEqual(['a', 'b', 'c']))
  end('a')
  await vi.waitFor(() => expect(begun).toEqual(['a', 'b', 'c', 'd']))
  end('c')
  end('d')
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd'])
  const again = turns.run(start('e'))
  expect(begun.at(-1)).toBe('e')
  end('e')
  expect(await again).toBe('e')
})

test('who finds the line full is refused at once, and who waited too long when it would be the turn', async () => {
  const { begun, start, end } = work()
  const turns = createTurns({ atOnce: 1, queue: 1, maxWaitMs: -1 })
  const first = turns.run(start('a'))
  const late = turns.run(start('b'))
  await expect(turns.run(start('c'))).rejects.toThrow(Overloaded)
  end('a')
  await expect(late).rejects.toThrow('not its turn in time')
  await first
  const next = turns.run(start('d'))
  expect(begun).toEqual(['a', 'd'])
  end('d')
  await next
})

test('work that fails gives its turn on', async () => {
  const turns = createTurns({ atOnce: 1, queue: 1, maxWaitMs: 60_000 })
  const failing = turns.run(() => Promise.reject(new Error('no')))
  const next = turns.run(() => Promise.resolve('yes'))
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe('yes')
})

test('of a crowd so many begin in one pass of the event loop, in their order, and what came in meanwhile goes between them', async () => {
  const turns = createTurns({ atOnce: 10, queue: 0, maxWaitMs: 60_000, perPass: 2 })
  const happened: string[] = []
  const { port1, port2 } = new MessageChannel()
  const heard = new Promise<void>((resolve) => {
    port2.onmessage = () => {
      happened.push('answer')
      resolve()
    }
  })
  const crowd = ['a', 'b', 'c', 'd', 'e'].map((name) =>
    turns.run(async () => {
      happened.push(name)
      if (name === 'a') port1.postMessage('done')
      await heard
    }),
  )
  await Promise.all(crowd)
  port1.close()
  expect(happened.filter((name) => name !== 'answer')).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(happened.indexOf('answer')).toBeLessThan(happened.indexOf('e'))
})
