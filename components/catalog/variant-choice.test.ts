import { expect, test } from 'vitest'
import { isOneStepAway, turnOption, valuesOf } from './variant-choice.tsx'

const variant = (...optionValues: string[]) => ({
  id: optionValues.join('-'),
  optionValues,
  sku: null,
})
const smallOat = variant('S', 'Oat')
const smallRust = variant('S', 'Rust')
const largeRust = variant('L', 'Rust')
const variants = [smallOat, smallRust, largeRust]

test('the values of an option keep the order of the seller and come once', () => {
  expect(valuesOf(variants, 0)).toEqual(['S', 'L'])
  expect(valuesOf(variants, 1)).toEqual(['Oat', 'Rust'])
})

test('turning one option keeps the others where that version exists', () => {
  expect(turnOption(variants, smallOat, 1, 'Rust')).toBe(smallRust)
})

test('turning to a value in another combination goes to the nearest version that has it', () => {
  expect(turnOption(variants, smallOat, 0, 'L')).toBe(largeRust)
})

test('a value that no version has leads nowhere', () => {
  expect(turnOption(variants, smallOat, 0, 'XL')).toBeNull()
})

test('one step away agrees in all options but one', () => {
  expect(isOneStepAway(smallRust, smallOat, 1)).toBe(true)
  expect(isOneStepAway(largeRust, smallOat, 0)).toBe(false)
})
