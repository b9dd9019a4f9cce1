import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { call, createClient } from './client.ts'

/** A market that is too busy for so many requests, and answers the next. */
async function openBusyMarket(refusals: number) {
  const asked: IncomingMessage[] = []
  const server = createServer((request, response) => {
    const isBusy = asked.push(request) <= refusals
    const body = isBusy ? { code: 'busy', title: 'The market is very busy.' } : {}
    response.writeHead(isBusy ? 503 : 200, { 'Retry-After': '0', 'Content-Type': 'application/json' })
    response.end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return { asked, market: createClient(`http://127.0.0.1:${port}`) }
}

test('what a busy market did not do, and is safe to repeat, is asked for again', async () => {
  const { asked, market } = await openBusyMarket(2)
  expect(await call(market.cart.$get())).toMatchObject({ ok: true })
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual(Array(3).fill('GET /api/v1/cart'))
})

test('a market that stays busy is believed after three tries', async () => {
  const { asked, market } = await openBusyMarket(Infinity)
  expect(await call(market.cart.$delete())).toMatchObject({ ok: false, code: 'busy' })
  expect(asked).toHaveLength(3)
})

test('what could happen twice is asked for once, unless it has a key', async () => {
  const address = { name: 'A', street: 'B', postcode: '1', city: 'C', country: 'DE' }
  const order = { json: { email: 'a@example.com', address } } as never
  const { asked, market } = await openBusyMarket(1)
  expect(await call(market.orders.$post(order))).toMatchObject({ ok: false, code: 'busy' })
  const other = await openBusyMarket(1)
  const keyed = { headers: { 'Idempotency-Key': 'key-of-this-order' } }
  expect(await call(other.market.orders.$post(order, keyed))).toMatchObject({ ok: true })
  expect([asked.length, other.asked.length]).toEqual([1, 2])
})
