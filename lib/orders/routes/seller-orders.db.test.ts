import { afterEach, expect, test } from 'vitest'
import type { Problem } from '#lib/api/problem'
import { newId, newSecret } from '#lib/ids'
import { useTestDatabase } from '../../../scripts/test-database.ts'
import { serveRoutes } from '../../../scripts/test-routes.ts'
import { expectCleanBooks, makePaidPart, type TestPart } from '../../../scripts/test-orders.ts'
import { orderRoutes } from '../routes.ts'
import type { SellerOrderStateView } from '../schema/progress.ts'

await useTestDatabase()

afterEach(expectCleanBooks)

/** The orders' routes, as one of the two sides, or as a member of the market's own. */
function serve(member: { userId: string; sellerId?: string; role?: 'member' | 'admin' }) {
  const app = serveRoutes(orderRoutes, member)
  return async (path: string, body?: object, key: string | null = newSecret()) => {
    const headers = { 'Content-Type': 'application/json', ...(key ? { 'Idempotency-Key': key } : {}) }
    const response = await app.request(path, { method: 'POST', headers, body: body && JSON.stringify(body) })
    const text = await response.text()
    const type = response.headers.get('Content-Type')
    return {
      status: response.status,
      text,
      type,
      json: JSON.parse(text) as SellerOrderStateView & Omit<Problem['view'], 'status'>,
    }
  }
}

const asSeller = (part: TestPart) => serve(part.seller)
const asBuyer = (part: TestPart) => serve(part.buyer)
const buyerPath = (part: TestPart, verb: string) => `/orders/${part.number}/seller-orders/${part.id}/${verb}`

test('a seller ships, a buyer receives, complains and is content; the market refunds', async () => {
  const part = await makePaidPart()
  const [seller, buyer] = [asSeller(part), asBuyer(part)]
  const shipped = await seller(`/seller/orders/${part.id}/ship`, { carrier: ' Post ', trackingNumber: '' })
  expect([shipped.status, shipped.json.status, shipped.json.carrier]).toEqual([200, 'shipped', 'Post'])
  expect(shipped.json.trackingNumber).toBeNull()
  expect((await buyer(buyerPath(part, 'receive'))).json.status).toBe('delivered')
  expect((await buyer(buyerPath(part, 'dispute'), { reason: 'Broken' })).json.status).toBe('disputed')
  expect((await buyer(buyerPath(part, 'close-dispute'), {})).json.status).toBe('delivered')
  const market = serve({ userId: newId(), role: 'admin' })
  const lines = [{ lineId: part.lines[0]?.id, quantity: 1 }]
  const refunded = await market(`/admin/seller-orders/${part.id}/refund`, { lines, isReturned: true })
  expect(refunded.json).toMatchObject({ status: 'delivered', refundedCents: '999', refunds: [{ by: 'market' }] })
})

test('a repeat with the same key gets the same bytes, for the seller’s refund and the buyer’s cancellation', async () => {
  const part = await makePaidPart()
  const key = newSecret()
  const first = await asBuyer(part)(buyerPath(part, 'cancel'), { reason: 'Too late' }, key)
  expect([first.status, first.type, first.json.status]).toEqual([200, 'application/json', 'cancelled'])
  expect((await asBuyer(part)(buyerPath(part, 'cancel'), { reason: 'Too late' }, key)).text).toBe(first.text)
  expect((await asBuyer(part)(buyerPath(part, 'cancel'), { reason: 'Other' }, key)).json.code).toBe('key-reused')
  const again = await asBuyer(part)(buyerPath(part, 'cancel'), { reason: 'Too late' })
  expect([again.status, again.json.code]).toEqual([409, 'wrong-state'])
})

test('what is another’s is not there, whatever is tried', async () => {
  const part = await makePaidPart()
  const other = await makePaidPart()
  const tries = [
    ...['ship', 'cancel', 'refund'].map((verb) => asSeller(other)(`/seller/orders/${part.id}/${verb}`, {})),
    ...['cancel', 'receive', 'close-dispute'].map((verb) => asBuyer(other)(buyerPath(part, verb), {})),
    asBuyer(other)(buyerPath(part, 'dispute'), { reason: 'Mine' }),
    asBuyer(part)(`/orders/${other.number}/seller-orders/${part.id}/receive`),
    asSeller(part)(`/seller/orders/${newId()}/refund`, {}),
  ]
  const answers = await Promise.all(tries)
  expect(answers.map(({ status, json }) => [status, json.code])).toEqual(Array(9).fill([404, 'not-found']))
})

test('the market’s routes are for its own people', async () => {
  const part = await makePaidPart()
  for (const verb of ['refund', 'close-dispute']) {
    const answer = await asSeller(part)(`/admin/seller-orders/${part.id}/${verb}`, {})
    expect([answer.status, answer.json.code]).toEqual([403, 'not-allowed'])
  }
})

test.each([
  ['ship', { carrier: 'x'.repeat(61) }, 'carrier'],
  ['ship', { carrier: 'a\nb' }, 'carrier'],
  ['ship', { by: 'bike' }, 'body'],
  ['cancel', { reason: 'x'.repeat(501) }, 'reason'],
  ['refund', { lines: [] }, 'lines'],
  ['refund', { lines: [{ lineId: 'x', quantity: 1 }] }, 'lines.0.lineId'],
  ['refund', { lines: [{ lineId: newId(), quantity: 0 }] }, 'lines.0.quantity'],
  ['refund', { lines: [{ lineId: newId(), quantity: 1.5 }] }, 'lines.0.quantity'],
  ['refund', { lines: [{ lineId: newId(), quantity: 1 }] }, 'lines'],
])('%s: %j is answered with a sentence at its field', async (verb, body, field) => {
  const part = await makePaidPart()
  const { status, json } = await asSeller(part)(`/seller/orders/${part.id}/${verb}`, body)
  expect([status, json.code]).toEqual([400, json.code === 'unknown-line' ? 'unknown-line' : 'invalid-input'])
  expect(json.fields).toMatchObject({ [field]: expect.any(String) as string })
})

test('what pays asks for a key, and for more than is left says so', async () => {
  const part = await makePaidPart()
  for (const verb of ['cancel', 'refund']) {
    const { status, json } = await asSeller(part)(`/seller/orders/${part.id}/${verb}`, {}, null)
    expect([status, Object.keys(json.fields ?? {})]).toEqual([400, ['idempotency-key']])
  }
  const lines = [{ lineId: part.lines[0]?.id, quantity: 4 }]
  const { status, json } = await asSeller(part)(`/seller/orders/${part.id}/refund`, { lines })
  expect([status, json.code, json.detail.left]).toEqual([409, 'more-than-left', 3])
})
