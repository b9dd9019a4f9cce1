import { expect, it } from 'vitest'
import { lowWords, soldWords } from './news-words.tsx'

it('names what one order bought, and counts the orders when there were several', () => {
  expect(soldWords(['S-1'], [{ title: 'Lamp', quantity: 1 }])).toBe('Sold: Lamp')
  const lines = [
    { title: 'Lamp', quantity: 2 },
    { title: 'Scarf', quantity: 1 },
  ]
  expect(soldWords(['S-1'], lines)).toBe('Sold: 2 × Lamp and 1 more')
  expect(soldWords(['S-1', 'S-2'], lines)).toBe('Sold: 2 orders just now')
  expect(soldWords(['S-1'], [])).toBe('Sold: order S-1')
})

it('names the version of which little is left', () => {
  expect(lowWords(5, ['Scarf', 'Red', 'M'])).toBe('Only 5 left to buy: Scarf · Red · M')
  expect(lowWords(0, ['Lamp'])).toBe('None left to buy: Lamp')
})
