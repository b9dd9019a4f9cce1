import { expect, test } from 'vitest'
import { isId, newId, newOrderNumber, slugOf } from './ids.ts'

test('ids rise with time', () => {
  const ids = Array.from({ length: 100 }, newId)
  expect(ids.toSorted()).toEqual(ids)
  expect(ids.every(isId)).toBe(true)
  expect(isId("' or 1=1")).toBe(false)
})

test('an address form keeps letters and digits and nothing that needs escaping', () => {
  expect(slugOf('Café au lait: 2 cups!')).toBe('cafe-au-lait-2-cups')
  expect(slugOf('日本')).toBe('')
})

test('order numbers have no characters that are mistaken for others', () => {
  expect(Array.from({ length: 200 }, newOrderNumber).join('')).not.toMatch(/[01ILOU]/)
})
