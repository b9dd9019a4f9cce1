import { createConnection } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { startRedis } from './test-redis.ts'

const redis = await startRedis()
afterAll(() => redis.stop())

/** What it answers to a line; null when nothing comes within a quarter of a second or the connection is refused. */
function ask(line: string): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createConnection(Number(new URL(redis.url).port), '127.0.0.1', () => socket.write(`${line}\r\n`))
    const end = (answer: string | null) => {
      resolve(answer)
      socket.destroy()
    }
    socket.setTimeout(250, () => end(null))
    socket.once('data', (data) => end(data.toString().trim())).once('error', () => end(null))
  })
}

test('a Redis of the tests answers, stands still, goes on, dies and comes back empty', async () => {
  expect(await ask('SET ware 1')).toBe('+OK')
  redis.pause()
  expect(await ask('PING')).toBeNull()
  redis.resume()
  expect(await ask('EXISTS ware')).toBe(':1')
  const { pid } = redis
  await redis.kill()
  expect(await ask('PING')).toBeNull()
  await redis.restart()
  expect(redis.pid).not.toBe(pid)
  expect(await ask('EXISTS ware')).toBe(':0')
})
