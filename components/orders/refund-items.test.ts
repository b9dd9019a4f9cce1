import { expect, test } from 'vitest'
import type { SellerOrderView } from '#lib/orders/schema'
import { isRefundStuck, piecesLeft, previewRefund, refundItemsOf, repaidOf, wholeOf } from './refund-items.tsx'

type Line = SellerOrderView['lines'][number]

const line = (id: string, some: Partial<Line>) =>
  ({
    id,
    title: 'Bell',
    optionValues: ['Brass', 'Small'],
    pictureId: null,
    quantity: 3,
    totalCents: '1000',
    refundedQuantity: 0,
    refundedCents: '0',
    ...some,
  }) as Line

const sending = (refundedCents: string) => ({ lineId: 's', totalCents: '490', refundedCents })
const FREE = { lineId: null as string | null, totalCents: '0', refundedCents: '0' }

test('what is refunded piece by piece adds up to what was paid', () => {
  const gone = [0n, 333n, 666n]
  const steps = gone.map((cents, refundedQuantity) => {
    const items = refundItemsOf({
      shipping: FREE,
      lines: [line('a', { refundedQuantity, refundedCents: cents.toString() })],
    })
    return previewRefund(items, [{ lineId: 'a', quantity: 1 }])
  })
  expect(steps).toEqual([333n, 333n, 334n])
})

test('all that is left is the rest of each line, and the sending that is not back yet', () => {
  const lines = [line('a', { refundedQuantity: 1, refundedCents: '333' }), line('b', { refundedQuantity: 3 })]
  const items = refundItemsOf({ lines, shipping: sending('0') })
  expect(items.map((item) => item.name)).toEqual(['Bell, Brass, Small', 'Bell, Brass, Small', 'Shipping'])
  expect(wholeOf(items)).toEqual([
    { lineId: 'a', quantity: 2 },
    { lineId: 's', quantity: 1 },
  ])
  expect(previewRefund(items, wholeOf(items))).toBe(667n + 490n)
  expect(piecesLeft(lines)).toBe(2)
  expect(wholeOf(refundItemsOf({ lines: [], shipping: sending('490') }))).toEqual([])
})

test('more than is left, or nothing, gives nothing', () => {
  const items = refundItemsOf({ shipping: FREE, lines: [line('a', { refundedQuantity: 2, refundedCents: '666' })] })
  expect(previewRefund(items, [{ lineId: 'a', quantity: 2 }])).toBe(0n)
  expect(previewRefund(items, [{ lineId: 'a', quantity: 0 }])).toBe(0n)
})

test('an order that is called off is stuck as long as some of it is neither back nor on its way', () => {
  const stuck = (status: SellerOrderView['status'], refundedQuantity: number, shipping: typeof FREE = FREE) =>
    isRefundStuck({ status, lines: [line('a', { refundedQuantity })], shipping })
  expect([stuck('cancelled', 0), stuck('cancelled', 3), stuck('paid', 0)]).toEqual([true, false, false])
  expect([stuck('cancelled', 3, sending('0')), stuck('cancelled', 3, sending('490'))]).toEqual([true, false])
})

test('what is back and what is on its way are two sums; what failed is neither', () => {
  const refund = (status: 'paid' | 'pending' | 'failed', lineId: string, amountCents: string) => ({
    status,
    lines: [{ lineId, quantity: 1, returnedQuantity: 0, amountCents }],
  })
  const refunds = [
    refund('paid', 'a', '100'),
    refund('paid', 'b', '30'),
    refund('pending', 'a', '7'),
    refund('failed', 'a', '1000'),
  ] as unknown as SellerOrderView['refunds']
  expect(repaidOf({ refunds })).toEqual({ paid: { quantity: 2, cents: 130n }, pending: { quantity: 1, cents: 7n } })
  expect(repaidOf({ refunds }, 'a').paid).toEqual({ quantity: 1, cents: 100n })
})
