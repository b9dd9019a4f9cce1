import type { ProductView } from '#lib/catalog/schema'
import { formatMoney } from '#lib/money'
import type { Happening } from './happenings.ts'

type Variants = Pick<ProductView['variants'][number], 'id' | 'optionValues'>[]

/** A happening as a line for people: the time, the version where there are several, what is so now. */
export function wordsOf(happening: Happening, variants: Readonly<Variants>, at: Date): string {
  const width = Math.max(...variants.map((variant) => nameOf(variant).length), 0)
  const variant = 'variantId' in happening ? variants.find(({ id }) => id === happening.variantId) : undefined
  const name = 'variantId' in happening && width > 0 ? `${(variant ? nameOf(variant) : '').padEnd(width)}  ` : ''
  return `${at.toTimeString().slice(0, 8)}  ${name}${sentenceOf(happening)}`
}

function sentenceOf(happening: Happening): string {
  switch (happening.type) {
    case 'product':
      return happening.title
    case 'watchers':
      return `${happening.count} watching`
    case 'connection':
      return happening.state === 'lost' ? 'connection lost, trying again' : 'connected again'
    case 'price':
      return `price ${money(happening.fromCents)} → ${money(happening.toCents)}`
    case 'stock':
      return stockWords(happening)
  }
}

function stockWords({ available, held, waiting, onSale, opensAt }: Extract<Happening, { type: 'stock' }>): string {
  const words = [`${available} left`, `${held} held`]
  if (waiting > 0) words.push(`${waiting} waiting`)
  if (!onSale) words.push('not on sale')
  if (onSale && opensAt && Date.parse(opensAt) > Date.now()) words.push(`opens ${opensAt}`)
  return words.join(', ')
}

function nameOf({ optionValues }: Variants[number]): string {
  return optionValues.join(' · ')
}

function money(cents: string): string {
  return formatMoney(BigInt(cents))
}
