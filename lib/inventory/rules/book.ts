import type { EntryRow, HoldRow, Limits, StockRow } from '../types.ts'

/** What was read under the locks of one batch. */
export interface Shelf {
  /** The database's clock, read after the locks were held. */
  readonly now: Date
  readonly stock: readonly StockRow[]
  /** Of these variants: the lines of the carts that ask, what their orders hold, and every hold that is due. */
  readonly holds: readonly HoldRow[]
  /** Of these variants: the places of the carts that ask, those that are over, and as many heads as pieces may be freed. */
  readonly entries: readonly EntryRow[]
  /** Lines by cart. */
  readonly lines: ReadonlyMap<string, number>
  /** Pieces held by `sourceKey`. */
  readonly sources: ReadonlyMap<string, number>
  /** Places in lines by cart. */
  readonly places: ReadonlyMap<string, number>
}

/** What a batch has to write: each row as it shall be. */
export interface Changes {
  readonly stock: readonly StockRow[]
  readonly holds: readonly HoldRow[]
  readonly removedHolds: readonly string[]
  readonly entries: readonly EntryRow[]
  readonly removedEntries: readonly EntryRow[]
}

const COUNTS = ['onHand', 'available', 'anonymous', 'waiting', 'entries', 'nextPosition'] as const
type Count = (typeof COUNTS)[number]

/** The batch's working copy of what was read. Every function on it moves pieces and the rows that own them together. */
export interface Book {
  readonly now: Date
  readonly limits: Limits
  readonly before: readonly StockRow[]
  readonly stock: Map<string, StockRow>
  /** By product. */
  readonly siblings: ReadonlyMap<string, readonly StockRow[]>
  /** By cart and variant, like entries. */
  readonly lines: Map<string, HoldRow>
  readonly entries: Map<string, EntryRow>
  /** Places of each variant that were read, by position. */
  readonly queues: Map<string, readonly EntryRow[]>
  readonly counts: Readonly<Record<'lines' | 'sources' | 'places', Map<string, number>>>
  readonly changed: Readonly<Record<'lines' | 'entries', Set<string>>>
  readonly removedHolds: string[]
  readonly removedEntries: EntryRow[]
}

export function openBook(shelf: Shelf, limits: Limits): Book {
  const queues = Map.groupBy(shelf.entries, (entry) => entry.variantId)
  for (const queue of queues.values()) queue.sort((left, right) => left.position - right.position)
  return {
    now: shelf.now,
    limits,
    before: shelf.stock,
    stock: new Map(shelf.stock.map((row) => [row.variantId, row])),
    siblings: Map.groupBy(shelf.stock, (row) => row.productId),
    lines: new Map(shelf.holds.map((hold) => [keyOf(hold.cartId, hold.variantId), hold])),
    entries: new Map(shelf.entries.map((entry) => [keyOf(entry.cartId, entry.variantId), entry])),
    queues,
    counts: { lines: new Map(shelf.lines), sources: new Map(shelf.sources), places: new Map(shelf.places) },
    changed: { lines: new Set(), entries: new Set() },
    removedHolds: [],
    removedEntries: [],
  }
}

/** What is different from what was read. */
export function changesOf(book: Book): Changes {
  return {
    stock: book.before.flatMap((before) => {
      const after = book.stock.get(before.variantId) ?? before
      return COUNTS.some((name) => after[name] !== before[name]) ? [after] : []
    }),
    holds: [...book.changed.lines].flatMap((key) => book.lines.get(key) ?? []),
    removedHolds: book.removedHolds,
    entries: [...book.changed.entries].flatMap((key) => book.entries.get(key) ?? []),
    removedEntries: book.removedEntries,
  }
}

export function lineOf(book: Book, cartId: string, variantId: string): HoldRow | undefined {
  return book.lines.get(keyOf(cartId, variantId))
}

export function entryOf(book: Book, cartId: string, variantId: string): EntryRow | undefined {
  return book.entries.get(keyOf(cartId, variantId))
}

/** Pieces of a whole product that this buyer holds or has bought. */
export function ownedOf(book: Book, cartId: string, productId: string): number {
  const versions = book.siblings.get(productId) ?? []
  const held = versions.reduce((sum, { variantId }) => sum + heldBy(lineOf(book, cartId, variantId)), 0)
  return held + boughtOf(book, cartId, productId)
}

/** Those of them that were bought. */
export function boughtOf(book: Book, cartId: string, productId: string): number {
  const versions = book.siblings.get(productId) ?? []
  return versions.reduce((sum, { variantId }) => sum + (lineOf(book, cartId, variantId)?.bought ?? 0), 0)
}

/** Adds to the counts of a variant. */
export function count(book: Book, variantId: string, change: Partial<Record<Count, number>>): void {
  const row = book.stock.get(variantId)
  if (!row) throw new Error(`No stock row of ${variantId} was read.`)
  const next: { -readonly [Name in keyof StockRow]: StockRow[Name] } = { ...row }
  for (const name of COUNTS) next[name] += change[name] ?? 0
  book.stock.set(variantId, next)
}

/**
 * Writes a line and moves the difference of what it holds; `offered` of the pieces come out of an offer. Where they came from is
 * kept only while they are held.
 */
export function putLine(book: Book, line: HoldRow, offered = 0): void {
  const next = line.state === 'held' ? line : { ...line, source: null }
  const key = keyOf(next.cartId, next.variantId)
  const before = book.lines.get(key)
  const given = heldBy(before) - heldBy(next)
  count(book, next.variantId, { available: given + offered, anonymous: anonymousBy(next) - anonymousBy(before) })
  const { lines, sources } = book.counts
  add(lines, next.cartId, Number(isLine(next)) - Number(isLine(before)))
  if (before?.source) add(sources, keyOf(next.variantId, before.source), -heldBy(before))
  if (next.source) add(sources, keyOf(next.variantId, next.source), heldBy(next))
  book.lines.set(key, next)
  book.changed.lines.add(key)
}

/** The row goes; whoever asks has taken its pieces out first. */
export function forgetLine(book: Book, line: HoldRow): void {
  const key = keyOf(line.cartId, line.variantId)
  book.lines.delete(key)
  book.changed.lines.delete(key)
  book.removedHolds.push(line.id)
}

/** Writes a place in the waitlist and moves the difference of what is offered to it, but for pieces that were `taken`. */
export function putEntry(book: Book, next: EntryRow, taken = 0): void {
  const key = keyOf(next.cartId, next.variantId)
  const before = book.entries.get(key)
  count(book, next.variantId, {
    available: (before?.offered ?? 0) - next.offered - taken,
    waiting: Number(next.offeredUntil === null) - Number(before?.offeredUntil === null),
    entries: before ? 0 : 1,
  })
  if (!before) add(book.counts.places, next.cartId, 1)
  const queue = (book.queues.get(next.variantId) ?? []).filter((entry) => entry.id !== next.id)
  const place = queue.findLastIndex((entry) => entry.position < next.position)
  book.queues.set(next.variantId, queue.toSpliced(place + 1, 0, next))
  book.entries.set(key, next)
  book.changed.entries.add(key)
}

/** The place goes, and what was offered to it is free again. */
export function dropEntry(book: Book, entry: EntryRow): void {
  const key = keyOf(entry.cartId, entry.variantId)
  const { variantId, offered } = entry
  count(book, variantId, { available: offered, waiting: entry.offeredUntil === null ? -1 : 0, entries: -1 })
  add(book.counts.places, entry.cartId, -1)
  const rest = (book.queues.get(variantId) ?? []).filter((each) => each.id !== entry.id)
  book.queues.set(variantId, rest)
  book.entries.delete(key)
  book.changed.entries.delete(key)
  book.removedEntries.push(entry)
}

/** Pieces leave an offer for its buyer's cart; a place that wants nothing more is given up. */
export function takeOffer(book: Book, entry: EntryRow, pieces: number): void {
  const rest = { ...entry, offered: entry.offered - pieces }
  putEntry(book, rest, pieces)
  if (rest.wanted + rest.offered === 0) dropEntry(book, rest)
}

/** Pieces that a line keeps out of `available`. */
export function heldBy(line: Pick<HoldRow, 'state' | 'quantity'> | undefined): number {
  return line?.state === 'held' ? line.quantity : 0
}

/** Joins two ids to the key of what belongs to both. */
export function keyOf(left: string, right: string): string {
  return `${left} ${right}`
}

function anonymousBy(line: HoldRow | undefined): number {
  return line?.anonymous ? heldBy(line) : 0
}

function isLine(line: HoldRow | undefined): boolean {
  return line !== undefined && line.state !== 'released'
}

function add(counts: Map<string, number>, key: string, change: number): void {
  if (change !== 0) counts.set(key, (counts.get(key) ?? 0) + change)
}
