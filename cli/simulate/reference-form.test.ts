import { expect, test } from 'vitest'
import { referenceForm } from './reference-form.ts'

test('type, name and price come first, the rest as the file has it', () => {
  const tea = { product_type: 'Tea', name: 'Linden', type: 'Herbal', price: { number: '9' } }
  expect(referenceForm(tea)).toBe(`Tea(name='Linden', price=9, type='Herbal')`)
})

test.each([
  [{ number: '5.05' }, '5.05'],
  [{ number: '5.0' }, '5.0'],
  [{ number: '5.50' }, '5.5'],
  [{ number: '-3' }, '-3'],
  [{ number: '1e3' }, '1000.0'],
  [{ number: '0.00001' }, '1e-05'],
  [{ number: '1e16' }, '1e+16'],
  [{ number: '12345678901234567890' }, '12345678901234567890'],
  ['plain', `'plain'`],
  [`it's`, `"it's"`],
  [`it's "so"`, `'it\\'s "so"'`],
  ['a\\b\n', `'a\\\\b\\n'`],
  [true, 'True'],
  [null, 'None'],
])('%j is written as Python writes it', (value, written) => {
  expect(referenceForm({ product_type: 'T', name: 'n', price: { number: '1' }, field: value })).toBe(
    `T(name='n', price=1, field=${written})`,
  )
})
