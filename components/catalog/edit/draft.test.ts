import { describe, expect, test } from 'vitest'
import { variantsFor, type DraftOption, type DraftVariant } from './draft.tsx'

const row = (optionValues: string[], id: string | null = null, price = '10.00'): DraftVariant => ({
  id,
  optionValues,
  sku: '',
  price,
  compareAt: '',
  quantity: '1',
})
const option = (name: string, ...values: string[]): DraftOption => ({ name, values })
const namesOf = (rows: readonly DraftVariant[]) => rows.map((each) => each.optionValues.join('/'))

describe('the rows that options make', () => {
  test('there is one for every combination, in order', () => {
    const rows = variantsFor([option('Size', 'S', 'M'), option('Colour', 'red', 'blue')], [row([])], [])
    expect(namesOf(rows)).toEqual(['S/red', 'S/blue', 'M/red', 'M/blue'])
  })

  test('an option without values makes none', () => {
    expect(namesOf(variantsFor([option('Size')], [row([], 'a')], []))).toEqual([''])
  })

  test('the only version becomes the first combination, and the others cost the same', () => {
    const [first, second] = variantsFor([option('Size', 'S', 'M')], [row([], 'a', '12.50')], [])
    expect(first).toMatchObject({ id: 'a', price: '12.50' })
    expect(second).toMatchObject({ id: null, price: '12.50' })
  })

  test('a saved version stays itself when a value is added before it', () => {
    const rows = variantsFor([option('Size', 'XS', 'S')], [row(['S'], 'a')], [option('Size', 'S')])
    expect(rows.map((each) => each.id)).toEqual([null, 'a'])
  })

  test('taking an option away uses each version once', () => {
    const before = [option('Size', 'S'), option('Colour', 'red', 'blue')]
    const rows = variantsFor([option('Size', 'S')], [row(['S', 'red'], 'a'), row(['S', 'blue'], 'b')], before)
    expect(rows.map((each) => each.id)).toEqual(['a'])
  })

  test('a combination that was taken out by hand stays out', () => {
    const before = [option('Size', 'S', 'M'), option('Colour', 'red')]
    const rows = variantsFor([option('Size', 'S', 'M'), option('Colour', 'red', 'blue')], [row(['S', 'red'])], before)
    expect(namesOf(rows)).toEqual(['S/red', 'S/blue', 'M/blue'])
  })
})
