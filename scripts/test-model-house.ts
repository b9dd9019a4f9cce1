/** What the model of the reservation engine is made of: pieces, lines and places, and what is due. */

export interface Settings {
  readonly capPerVariant: number
  readonly linesPerCart: number
  readonly placesPerBuyer: number
  readonly cartsPerAddress: number
  readonly anonymousPercent: number
  readonly capacity: number
  readonly ttl: number
  readonly grace: number
  readonly limit: number
  readonly cooldown: number
  readonly offerTtl: number
  readonly deadline: number
}

interface Variant {
  readonly product: number
  onSale: boolean
  opensAt: number | null
  cap: number | null
}

export interface Cart {
  readonly anonymous: boolean
  readonly source: string | null
}

export interface Line extends Cart {
  readonly cart: number
  readonly variant: number
  state: 'held' | 'lapsed' | 'released'
  /** Of a lapsed line: how many it was. */
  wish: number
  until: number
  since: number
  bought: number
  /** The order that is being paid. */
  order: number | null
  /** Rises with each line put into a cart. */
  readonly added: number
}

interface Place {
  readonly cart: number
  readonly variant: number
  wanted: number
  until: number | null
}

/** One piece in the house, and where it is. */
interface Piece {
  readonly variant: number
  at: 'shelf' | Line | Place
}

/** All there is; a refusal that rolls back puts back a copy. */
interface House {
  now: number
  count: number
  readonly variants: Variant[]
  pieces: Piece[]
  lines: Line[]
  /** First come, first served. */
  places: Place[]
  /** Pieces over the seller's capacity, first in, first out. */
  queue: { readonly variant: number; quantity: number }[]
  /** The orders of each cart, the last one last. */
  readonly orders: number[][]
}

export interface Shop {
  readonly settings: Settings
  readonly carts: readonly Cart[]
  /** Told of everything worth counting. */
  readonly note: (event: string) => void
  house: House
}

export function openShop(options: {
  settings: Settings
  carts: readonly Cart[]
  variants: readonly { product: number; cap: number | null; quantity: number }[]
  note: (event: string) => void
}): Shop {
  const variants = options.variants.map(({ product, cap }) => ({ product, cap, onSale: true, opensAt: null }))
  const pieces = options.variants.flatMap(({ quantity }, variant) => makePieces(variant, quantity))
  const orders = options.carts.map(() => [])
  const house = { now: 0, count: 0, variants, pieces, lines: [], places: [], queue: [], orders }
  return { settings: options.settings, carts: options.carts, note: options.note, house }
}

/** Whoever asks for a capped product has all its versions looked at. */
export function touch(shop: Shop, variants: readonly number[]): void {
  const { house } = shop
  const reached = [...house.variants.keys()].filter((variant) =>
    variants.some((asked) => asked === variant || (capOf(house, asked) !== null && isSibling(house, asked, variant))),
  )
  for (const line of house.lines.filter((each) => reached.includes(each.variant) && isDue(house, each))) {
    shop.note('hold expired')
    line.wish = held(house, line)
    line.state = 'lapsed'
    move(house, line, 'shelf')
  }
  for (const place of house.places.filter((each) => reached.includes(each.variant))) {
    if (place.until === null || place.until > house.now) continue
    shop.note('offer expired')
    drop(house, place)
  }
  for (const variant of reached) serve(shop, variant)
}

export function serve(shop: Shop, variant: number): void {
  const { house, settings } = shop
  if (saleRefusal(house, variant)) return
  for (const place of placesOf(house, variant)) {
    const pieces = Math.min(place.wanted, onShelf(house, variant))
    if (pieces === 0) continue
    shop.note('offer made')
    if (pieces < place.wanted) shop.note('part offered')
    move(house, 'shelf', place, pieces)
    place.wanted -= pieces
    place.until ??= house.now + settings.offerTtl
  }
}

export function changeHouse(shop: Shop, variant: number, delta: number): void {
  const { house } = shop
  house.pieces.push(...makePieces(variant, delta))
  const leaving = house.pieces
    .filter((piece) => piece.variant === variant && piece.at === 'shelf')
    .slice(0, Math.max(0, -delta))
  house.pieces = house.pieces.filter((piece) => !leaving.includes(piece))
  serve(shop, variant)
}

export function saleRefusal(house: House, variant: number): string | null {
  const row = house.variants[variant]
  if (!row?.onSale) return 'not-on-sale'
  return row.opensAt !== null && row.opensAt > house.now ? 'not-open-yet' : null
}

/** How many more a buyer may have: of the whole product by its seller, held or bought; else of the variant by the market. */
export function piecesLeft({ house, settings }: Shop, cart: number, variant: number): number {
  const cap = capOf(house, variant)
  if (cap === null) return settings.capPerVariant - held(house, findLine(house, cart, variant))
  const lines = house.lines.filter((line) => line.cart === cart && isSibling(house, line.variant, variant))
  return cap - sum(lines.map((line) => held(house, line) + line.bought))
}

export function isRested({ house, settings }: Shop, line: Line): boolean {
  return line.until + settings.cooldown <= house.now
}

function isDue(house: House, line: Line): boolean {
  return line.state === 'held' && line.order === null && line.until <= house.now
}

/** Room for more pieces on sale; none while some wait. */
export function roomOf({ house, settings }: Shop): number {
  return house.queue.length > 0 ? 0 : Math.max(0, settings.capacity - onSaleNow(house))
}

export function onSaleNow(house: House): number {
  return house.pieces.filter((piece) => piece.at === 'shelf' && house.variants[piece.variant]?.onSale).length
}

export function capOf(house: House, variant: number): number | null {
  return house.variants[variant]?.cap ?? null
}

function isSibling(house: House, left: number, right: number): boolean {
  return house.variants[left]?.product === house.variants[right]?.product
}

export function findLine(house: House, cart: number, variant: number): Line | undefined {
  return house.lines.find((line) => line.cart === cart && line.variant === variant)
}

export function findPlace(house: House, cart: number, variant: number): Place | undefined {
  return house.places.find((place) => place.cart === cart && place.variant === variant)
}

export function placesOf(house: House, variant: number): Place[] {
  return house.places.filter((place) => place.variant === variant)
}

export function waitingFor(house: House, variant: number): number {
  return placesOf(house, variant).filter((place) => place.until === null).length
}

/** The place goes; what was offered is free again. */
export function drop(house: House, place: Place): void {
  move(house, place, 'shelf')
  house.places = house.places.filter((each) => each !== place)
}

export function held(house: House, owner: Line | Place | undefined): number {
  return house.pieces.filter((piece) => piece.at === owner).length
}

export function inHouse(house: House, variant: number): number {
  return house.pieces.filter((piece) => piece.variant === variant).length
}

export function onShelf(house: House, variant: number): number {
  return house.pieces.filter((piece) => piece.variant === variant && piece.at === 'shelf').length
}

/** So many pieces change hands, or all that there are. */
export function move(house: House, from: Piece['at'], to: Piece['at'], count = Infinity): void {
  const variant = from !== 'shelf' ? from.variant : to !== 'shelf' ? to.variant : null
  const pieces = house.pieces.filter((piece) => piece.at === from && piece.variant === variant)
  for (const piece of pieces.slice(0, count)) piece.at = to
}

function makePieces(variant: number, count: number): Piece[] {
  return Array.from({ length: Math.max(0, count) }, () => ({ variant, at: 'shelf' }))
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
