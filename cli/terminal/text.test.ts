import { expect, test } from 'vitest'
import { nearest } from '../market/near.ts'
import { fit } from './fit.ts'
import { tableOf } from './table.ts'
import { clean, cut, pad, widthOf } from './text.ts'

test('columns stand straight with wide characters and emoji in them', () => {
  const rows = [
    { name: '茶碗', left: '3' },
    { name: '🪁 kite', left: '12' },
    { name: 'Café', left: '1' },
  ]
  const columns = [
    { name: 'item', of: (row: { name: string }) => row.name, isElastic: true },
    { name: 'left', of: (row: { left: string }) => row.left, side: 'right' as const },
  ]
  const lines = tableOf(columns, rows, 80).split('\n')
  expect(new Set(lines.map(widthOf))).toEqual(new Set([13]))
})

test('a narrow terminal cuts what may be cut, and never half of a wide character', () => {
  const rows = [{ name: 'とても長い名前の茶碗です', left: '3' }]
  const columns = [
    { name: 'item', of: (row: { name: string }) => row.name, isElastic: true },
    { name: 'left', of: (row: { left: string }) => row.left },
  ]
  expect(widthOf(tableOf(columns, rows, 20).split('\n')[1] ?? '')).toBeLessThanOrEqual(20)
  const named = [columns[0], columns[1], { ...columns[0], name: 'name' }]
  expect(tableOf(named as typeof columns, [{ name: 'Cobalt porridge bowl', left: '43 left' }], 30).split('\n')).toEqual(
    ['item          left     name', 'Cobalt porr…  43 left  Cobalt…'],
  )
  expect(widthOf(cut('茶碗茶碗', 4))).toBeLessThanOrEqual(4)
  expect(cut('tea bowl', 20)).toBe('tea bowl')
  expect(pad('碗', 4, 'right')).toBe('  碗')
})

test('what a stranger wrote is one line without escapes, other control characters or turned directions', () => {
  expect(clean('a\u001b[31mb\u001b]0;title\u0007c\r\nd\u202Ee\u0000')).toBe('abc de')
  expect(clean('naïve 茶碗 🪁')).toBe('naïve 茶碗 🪁')
})

test('the nearest names come first, and what is nothing like it does not come', () => {
  const names = ['Brass pocket compass', 'Copper kettle', 'Compass rose print']
  expect(nearest('braess compas', names)).toEqual(['Brass pocket compass'])
  expect(nearest('kettel', names)).toEqual(['Copper kettle'])
  expect(nearest('submarine', names)).toEqual([])
})

test('a help text fits a narrow terminal, loses no word, and stays as it is where there is room', () => {
  const help =
    'souk buy [options]\n\n  Holds the pieces, shows the sum and\n  asks.\n\n  --option <values>  which version, where there are several of them'
  expect(fit(help, 80)).toBe(help)
  const narrow = fit(help, 30)
  expect(Math.max(...narrow.split('\n').map(widthOf))).toBeLessThanOrEqual(30)
  expect(narrow.split(/\s+/)).toEqual(help.split(/\s+/))
})
