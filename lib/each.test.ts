import { expect, test } from 'vitest'
import { eachAlone } from './each.ts'

test('one after the other, and what came of each', async () => {
  const course: string[] = []
  const work = async (n: number) => {
    course.push(`${n} begins`)
    await Promise.resolve()
    course.push(`${n} ends`)
    return n * 2
  }
  expect(await eachAlone([1, 2], work)).toEqual([2, 4])
  expect(course).toEqual(['1 begins', '1 ends', '2 begins', '2 ends'])
})

test('one that fails keeps no other back, and the first fault is told', async () => {
  const done: number[] = []
  const work = (n: number) => {
    if (n % 2 === 1) return Promise.reject(new Error(`not ${n}`))
    done.push(n)
    return Promise.resolve(n)
  }
  await expect(eachAlone([1, 2, 3, 4], work)).rejects.toThrow('not 1')
  expect(done).toEqual([2, 4])
})
