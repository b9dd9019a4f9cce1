import { describe, expect, test } from 'vitest'
import type { SellerOrderView } from '#lib/orders/schema'
import { eventWords, noteOf, oneLine, statusWords } from './order-words.tsx'

type Words = Parameters<typeof statusWords>[0]

const part = (some: Partial<Words>): Words => ({
  status: 'paid',
  carrier: null,
  trackingNumber: null,
  refunds: [],
  lines: [],
  shipping: { lineId: null } as Words['shipping'],
  ...some,
})

const line = (refundedQuantity: number) =>
  ({
    id: 'a',
    title: 'Bell',
    optionValues: [],
    quantity: 2,
    refundedQuantity,
    totalCents: '200',
    refundedCents: '0',
  }) as unknown as SellerOrderView['lines'][number]

describe('how it stands', () => {
  test('a parcel is named as far as it is known', () => {
    const sent = (carrier: string | null, trackingNumber: string | null) =>
      statusWords(part({ status: 'shipped', carrier, trackingNumber }))
    expect(sent('DHL', '123')).toBe('On its way with DHL, tracking 123.')
    expect(sent('DHL', null)).toBe('On its way with DHL.')
    expect(sent(null, '123')).toBe('On its way, tracking 123.')
    expect(sent(null, null)).toBe('On its way.')
  })

  test('money counts as given back only when none is on its way, and none was refused', () => {
    const pending = [{ status: 'pending' }] as unknown as Words['refunds']
    expect(statusWords(part({ status: 'cancelled', lines: [line(2)] }))).toMatch(/has been given back/)
    expect(statusWords(part({ status: 'cancelled', lines: [line(2)], refunds: pending }))).toMatch(/on its way back/)
    expect(statusWords(part({ status: 'cancelled', lines: [line(1)] }))).toMatch(/could not be given back yet/)
    expect(statusWords(part({ status: 'refunded', lines: [line(2)] }))).toBe('Your money has been given back.')
  })
})

describe('what happened', () => {
  test('whoever reads is “you”, and what nobody did the market did', () => {
    expect(eventWords({ what: 'cancelled', by: 'seller' }, 'buyer')).toBe('The shop called it off')
    expect(eventWords({ what: 'cancelled', by: 'seller' }, 'seller')).toBe('You called it off')
    expect(eventWords({ what: 'cancelled', by: 'timer' }, 'buyer')).toBe('The market called it off')
    expect(eventWords({ what: 'dispute_closed', by: 'market' }, 'buyer')).toBe('The market closed the complaint')
    expect(eventWords({ what: 'dispute_closed', by: 'buyer' }, 'seller')).toBe('The buyer took the complaint back')
  })

  test('sending it again is putting the details right', () => {
    expect(eventWords({ what: 'shipped', by: 'seller' }, 'buyer')).toBe('The shop sent it')
    expect(eventWords({ what: 'shipped', by: 'seller' }, 'buyer', true)).toBe('The shop changed how it is sent')
  })

  test('the code of a failure is not a word of anybody', () => {
    expect(noteOf({ what: 'refund_failed', note: 'exceeds-charge' })).toBe('')
    expect(noteOf({ what: 'cancelled', note: 'Broken' })).toBe('Broken')
  })
})

test('a note travels in one line, with every word of it', () => {
  expect(oneLine('  It fell\r\noff\t the shelf \n')).toBe('It fell off the shelf')
})
