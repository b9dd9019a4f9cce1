import { parseAmount, writeAmount } from '#lib/money'
import type { ShippingView } from '#lib/sellers/schema'

/** A way of sending as it is being written: amounts as people write them. */
export interface ShippingDraft {
  /** Of one that the shop has already. */
  readonly id?: string
  /** For React only. */
  readonly key: string
  readonly name: string
  readonly flat: string
  readonly perItem: string
  readonly freeOver: string
  readonly countries: readonly string[]
}

/** A way of sending as the form shows it first. An amount of nothing is an empty field. */
export function draftOf(method: ShippingView['methods'][number]): ShippingDraft {
  const amount = (cents: string | null) => (cents === null || cents === '0' ? '' : writeAmount(BigInt(cents)))
  const { id, name, countries } = method
  return {
    ...{ id, key: id, name, countries },
    flat: amount(method.flatCents),
    perItem: amount(method.perItemCents),
    freeOver: method.freeOverCents === null ? '' : writeAmount(BigInt(method.freeOverCents)),
  }
}

const AMOUNTS = [
  ['flat', 'flatCents'],
  ['perItem', 'perItemCents'],
  ['freeOver', 'freeOverCents'],
] as const

/** What is wrong with the amounts, by the path of the request's field. */
export function faultsOf(drafts: readonly ShippingDraft[]): Record<string, string> {
  const faults = drafts.flatMap((draft, index) =>
    AMOUNTS.filter(([field]) => draft[field].trim() !== '' && parseAmount(draft[field]) === null).map(
      ([, path]) => [`methods.${index}.${path}`, 'Write an amount such as 4.90.'] as const,
    ),
  )
  return Object.fromEntries(faults)
}

/** The request. Amounts are known to be good; an empty one is nothing, or no limit from which sending is free. */
export function requestOf(drafts: readonly ShippingDraft[]) {
  const cents = (text: string) => (parseAmount(text) ?? 0n).toString()
  return {
    methods: drafts.map(({ id, name, countries, flat, perItem, freeOver }) => ({
      ...(id ? { id } : {}),
      name,
      countries: [...countries],
      flatCents: cents(flat),
      perItemCents: cents(perItem),
      freeOverCents: freeOver.trim() === '' ? null : cents(freeOver),
    })),
  }
}
