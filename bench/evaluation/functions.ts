/** What the assignment's clients can do, in the order of its table, and what a sale needs besides. */
export const FUNCTIONS = [
  'seller: create account',
  'seller: log in',
  'seller: log out',
  'seller: own rating',
  'seller: put on sale',
  'seller: change price',
  'seller: remove quantity',
  'seller: list on sale',
  'seller: ship',
  'buyer: create account',
  'buyer: log in',
  'buyer: log out',
  'buyer: search',
  'buyer: add to cart',
  'buyer: remove from cart',
  'buyer: clear cart',
  'buyer: show cart',
  'buyer: purchase',
  'buyer: confirm receipt',
  'buyer: give feedback',
  "buyer: a seller's rating",
  'buyer: purchase history',
] as const

export type Function = (typeof FUNCTIONS)[number]

/** What became of the calls of a run. Units: milliseconds. */
export interface Tally {
  readonly times: Map<Function, number[]>
  /** Answers that a market gives when others were faster: sold out, not enough. */
  refused: number
  /** Answers that should not be: each with its function, the first of them kept. */
  errors: number
  readonly complaints: Set<string>
}

export function newTally(): Tally {
  return { times: new Map(FUNCTIONS.map((name) => [name, []])), refused: 0, errors: 0, complaints: new Set() }
}

/** Calls that were answered. */
export function countCalls({ times }: Tally): number {
  return [...times.values()].reduce((sum, list) => sum + list.length, 0)
}

/** The mean of a function's times; NaN where it was not called. */
export function meanOf({ times }: Tally, name: Function): number {
  const list = times.get(name) ?? []
  return list.reduce((sum, ms) => sum + ms, 0) / list.length
}
