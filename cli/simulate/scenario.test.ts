import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { readOptions } from './options.ts'
import { readScenario } from './scenario.ts'

const text = await readFile('e2e/fixtures/scenarios/01.json', 'utf8')

/** The first scenario, with one product less. */
function without(productId: string): string {
  const scenario = JSON.parse(text) as { products: Record<string, unknown> }
  delete scenario.products[productId]
  return JSON.stringify(scenario)
}

test('seconds become milliseconds, prices cents, and numbers keep their digits', () => {
  const { wares, producers, consumers, capacity } = readScenario(text.replace('5.05', '5.0'))
  expect(wares.get('id1')).toEqual({
    title: 'Coffee Indonezia',
    priceCents: '100',
    printed: `Coffee(name='Indonezia', price=1, acidity=5.0, roast_level='MEDIUM')`,
  })
  expect(producers).toEqual([
    {
      name: 'prod1',
      cycle: [
        { productId: 'id2', pieces: 2, makeMs: 180 },
        { productId: 'id1', pieces: 1, makeMs: 230 },
      ],
      republishMs: 150,
    },
  ])
  expect(consumers[0]?.trips[0]?.[2]).toEqual({ type: 'remove', productId: 'id1', pieces: 1 })
  expect(capacity).toBe(15)
})

test.each([
  ['nothing', '', 'This is not JSON'],
  ['another document', '[]', 'This is not a scenario'],
  ['a field of another kind', text.replace('0.15', '"soon"'), 'producers.0.republish_wait_time'],
  ['a step that is none', text.replace('"remove"', '"steal"'), 'consumers.0.carts.0.2.type'],
  ['a capacity of nothing', text.replace(': 15', ': 0'), 'marketplace.queue_size_per_producer'],
  ['something made and not described', without('id1'), 'prod1 makes id1'],
  [
    'something wanted that nobody makes',
    text.replace('"product": "id1"', '"product": "id3"'),
    'cons1 wants id3, which nobody makes.',
  ],
])('%s is refused in one sentence', (_, given, sentence) => {
  expect(() => readScenario(given)).toThrow(sentence)
})

test.each([
  ['', 'Say which scenario'],
  ['a.json b.json', 'Say which scenario'],
  ['a.json --wait long', '--wait long does not do: it is poll or waitlist.'],
  ['a.json --timeout never', '--timeout never does not do'],
  ['a.json --url here', 'here is not the address of a market.'],
])('souk simulate %s is refused in one sentence', (line, sentence) => {
  expect(() => readOptions(line.split(' ').filter(Boolean))).toThrow(sentence)
})
