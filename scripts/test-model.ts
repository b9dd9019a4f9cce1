import {
  type Cart,
  type Line,
  type Shop,
  capOf,
  changeHouse,
  drop,
  findLine,
  findPlace,
  held,
  inHouse,
  isRested,
  move,
  onSaleNow,
  onShelf,
  piecesLeft,
  placesOf,
  roomOf,
  saleRefusal,
  serve,
  sum,
  touch,
  waitingFor,
} from './test-model-house.ts'

/**
 * A second opinion on the reservation engine: one seller's shop piece by piece, in memory, on a clock of its own that counts
 * seconds. Written from what the engine promises and without its rules; slow, and simple enough to be read as the promise.
 */

/** Carts and variants are numbers: their places in the lists the shop was opened with. */
export type Wish =
  | { readonly do: 'set'; readonly cart: number; readonly variant: number; readonly quantity: number }
  | { readonly do: 'join'; readonly cart: number; readonly variant: number; readonly quantity: number }
  | { readonly do: 'leave'; readonly cart: number; readonly variant: number }

export type Edit = { readonly delta: number } | { readonly onHand: number; readonly isOld: boolean }

export type Command =
  | Wish
  /** Sent at once; requests for one variant are answered in the order they were sent. */
  | { readonly do: 'burst'; readonly wishes: readonly Wish[] }
  | { readonly do: 'age'; readonly seconds: number }
  | { readonly do: 'sweep' | 'forget' | 'publish' }
  | { readonly do: 'checkout' | 'cancel' | 'merge'; readonly cart: number }
  | { readonly do: 'finish'; readonly carts: readonly number[] }
  | { readonly do: 'adjust'; readonly variant: number; readonly change: Edit; readonly ifOver: 'queue' | 'refuse' }
  | {
      readonly do: 'sale'
      readonly product: number
      readonly onSale: boolean
      /** Seconds until the drop opens. */
      readonly opensIn: number | null
      readonly cap: number | null
      readonly ifOver: 'queue' | 'refuse'
    }

/** What anybody may see of the shop, in an order that does not depend on chance. Times in seconds from now. */
export interface View {
  readonly stock: readonly {
    readonly onHand: number
    readonly available: number
    readonly waiting: number
    readonly entries: number
    readonly anonymous: number
    readonly onSale: boolean
    readonly cap: number | null
    readonly queued: number
  }[]
  readonly lines: readonly {
    readonly cart: number
    readonly variant: number
    readonly state: string
    readonly quantity: number
    readonly bought: number
  }[]
  /** In their order within each variant. */
  readonly places: readonly {
    readonly cart: number
    readonly variant: number
    readonly wanted: number
    readonly offered: number
  }[]
  /** When each line ends or ended, then when each offer does; null while there is none. */
  readonly ends: readonly (number | null)[]
}

export function viewShop({ house }: Shop): View {
  const lines = house.lines.toSorted((a, b) => a.cart - b.cart || a.variant - b.variant)
  const places = house.variants.flatMap((_, variant) => placesOf(house, variant))
  return {
    stock: house.variants.map(({ onSale, cap }, variant) => {
      const own = house.pieces.filter((piece) => piece.variant === variant)
      return {
        onHand: own.length,
        available: own.filter((piece) => piece.at === 'shelf').length,
        waiting: waitingFor(house, variant),
        entries: placesOf(house, variant).length,
        anonymous: own.filter(({ at }) => at !== 'shelf' && 'anonymous' in at && at.anonymous).length,
        onSale,
        cap,
        queued: sum(house.queue.map((row) => (row.variant === variant ? row.quantity : 0))),
      }
    }),
    lines: lines.map((line) => ({
      cart: line.cart,
      variant: line.variant,
      state: line.order === null ? line.state : 'paying',
      quantity: line.state === 'lapsed' ? line.wish : held(house, line),
      bought: line.bought,
    })),
    places: places.map((place) => ({
      cart: place.cart,
      variant: place.variant,
      wanted: place.wanted,
      offered: held(house, place),
    })),
    ends: [...lines, ...places].map(({ until }) => (until === null ? null : until - house.now)),
  }
}

/** How many pieces this buyer would hold with all that is offered; null when nothing is. */
export function claimOf({ house }: Shop, cart: number, variant: number): number | null {
  const offered = held(house, findPlace(house, cart, variant))
  return offered === 0 ? null : offered + held(house, findLine(house, cart, variant))
}

/** Does what the engine shall do and says what it shall answer: `ok` with what went through, or the code of the refusal. */
export function runOnShop(shop: Shop, command: Command): string {
  const { house } = shop
  switch (command.do) {
    case 'set':
      return answer(shop, command.variant, () => setLine(shop, command))
    case 'join':
      return answer(shop, command.variant, () => join(shop, command))
    case 'leave':
      return answer(shop, command.variant, () => leave(shop, command))
    case 'burst':
      return command.wishes.map((wish) => runOnShop(shop, wish)).join(' ')
    case 'age':
      house.now += command.seconds
      return 'ok'
    case 'sweep':
      touch(shop, [...house.variants.keys()])
      return 'ok'
    case 'forget':
      house.lines = house.lines.filter((line) => line.state !== 'released' || line.bought > 0 || !isRested(shop, line))
      return 'ok'
    case 'publish':
      return publish(shop)
    case 'checkout':
      return checkout(shop, command.cart)
    case 'cancel':
      return cancel(shop, command.cart)
    case 'finish':
      return finish(shop, command.carts)
    case 'merge':
      return merge(shop, command.cart)
    case 'adjust':
      return adjust(shop, command)
    case 'sale':
      return changeSale(shop, command)
  }
}

/** Every request first takes back what is due, and what it frees goes to the line at once. */
function answer(shop: Shop, variant: number, work: () => string): string {
  if (!shop.house.variants[variant]) return 'unknown-variant'
  touch(shop, [variant])
  const said = work()
  serve(shop, variant)
  return said
}

function setLine(shop: Shop, { cart, variant, quantity }: Wish & { do: 'set' }): string {
  const { house } = shop
  const line = findLine(house, cart, variant)
  const has = held(house, line)
  if (line && line.order !== null) return 'being-paid'
  if (quantity === 0) {
    if (line?.state === 'held') line.until = house.now
    if (line) line.state = 'released'
    if (line) move(house, line, 'shelf')
    return 'ok'
  }
  if (line && quantity <= has) {
    move(house, line, 'shelf', has - quantity)
    return 'ok'
  }
  const refusal =
    saleRefusal(house, variant) ??
    capRefusal(shop, cart, variant, quantity - has) ??
    roomRefusal(shop, line, cart) ??
    restRefusal(shop, line)
  return refusal ?? takePieces(shop, line, { cart, variant, more: quantity - has })
}

function takePieces(
  shop: Shop,
  line: Line | undefined,
  { cart, variant, more }: { cart: number; variant: number; more: number },
): string {
  const { house } = shop
  const place = findPlace(house, cart, variant)
  const offered = Math.min(more, held(house, place))
  // What is on the shelf is for the line, while there is one.
  const free = waitingFor(house, variant) > 0 ? 0 : onShelf(house, variant)
  if (more - offered > free) return free + offered + held(house, line) === 0 ? 'sold-out' : 'not-enough'
  const refusal = shareRefusal(shop, askerOf(shop, cart, line), variant, more)
  if (refusal) return refusal
  const next: Line = { ...newLine(shop, cart, variant), ...(line && keptOf(shop, line)), ...askerOf(shop, cart, line) }
  house.lines = [...house.lines.filter((each) => each !== line), next]
  if (line) move(house, line, next)
  if (place && offered > 0) {
    shop.note('offer claimed')
    move(house, place, next, offered)
    if (place.wanted + held(house, place) === 0) drop(house, place)
  }
  move(house, 'shelf', next, more - offered)
  return 'ok'
}

/** Pieces that are held stay with the address they came from, and more of them with those. */
function askerOf({ carts }: Shop, cart: number, line: Line | undefined): Cart {
  const asker = carts[cart] ?? { anonymous: false, source: null }
  return line?.state === 'held' ? { ...asker, source: line.source } : asker
}

function newLine({ house, settings }: Shop, cart: number, variant: number): Line {
  const asker = { anonymous: false, source: null }
  const times = { since: house.now, until: house.now + settings.ttl }
  return { cart, variant, state: 'held', wish: 0, ...times, bought: 0, order: null, added: house.count++, ...asker }
}

/** What a line that is set again keeps of what it was: without a rest the first moment counts on. */
function keptOf(shop: Shop, line: Line): Partial<Line> {
  const { now } = shop.house
  const { ttl, limit } = shop.settings
  const known = { bought: line.bought, ...(line.state === 'released' ? {} : { added: line.added }) }
  if (line.state === 'held') return { ...known, since: line.since, until: line.until }
  if (isRested(shop, line)) return known
  const until = line.since + ttl > now ? line.since + ttl : Math.min(now + ttl, line.since + limit)
  return { ...known, since: line.since, until }
}

function join(shop: Shop, { cart, variant, quantity }: Wish & { do: 'join' }): string {
  const { house, settings } = shop
  const place = findPlace(house, cart, variant)
  if (place && place.until !== null) return 'ok'
  const refusal =
    saleRefusal(house, variant) ??
    capRefusal(shop, cart, variant, quantity) ??
    restRefusal(shop, findLine(house, cart, variant))
  if (refusal) return refusal
  if (place && quantity <= place.wanted) {
    place.wanted = quantity
    return 'ok'
  }
  if (waitingFor(house, variant) === 0 && onShelf(house, variant) >= quantity) return 'still-available'
  const mine = house.places.filter((each) => each.cart === cart)
  if (!place && mine.length >= settings.placesPerBuyer) return 'too-many-places'
  if (place) drop(house, place)
  house.places.push({ cart, variant, wanted: quantity, until: null })
  return 'ok'
}

function leave({ house }: Shop, { cart, variant }: Wish & { do: 'leave' }): string {
  const place = findPlace(house, cart, variant)
  if (place) drop(house, place)
  return 'ok'
}

function checkout({ house, settings }: Shop, cart: number): string {
  const order = house.count++
  house.orders[cart]?.push(order)
  const lines = house.lines.filter(
    (line) => line.cart === cart && line.state === 'held' && line.order === null && line.until > house.now,
  )
  for (const line of lines) Object.assign(line, { order, until: house.now + settings.deadline })
  return `ok ${sum(lines.map((line) => held(house, line)))}`
}

function cancel({ house, settings }: Shop, cart: number): string {
  const order = house.orders[cart]?.at(-1)
  for (const line of house.lines.filter((each) => order !== undefined && each.order === order)) {
    const until = Math.max(line.since + settings.ttl, house.now + settings.grace)
    Object.assign(line, { order: null, until: Math.max(house.now, Math.min(until, line.since + settings.limit)) })
  }
  return 'ok'
}

function finish(shop: Shop, carts: readonly number[]): string {
  const { house } = shop
  const orders = carts.flatMap((cart) => house.orders[cart] ?? [])
  const lines = house.lines.filter((line) => line.order !== null && orders.includes(line.order))
  touch(
    shop,
    lines.map((line) => line.variant),
  )
  let taken = 0
  for (const line of lines) {
    shop.note('take')
    const pieces = held(house, line)
    taken += pieces
    house.pieces = house.pieces.filter((piece) => piece.at !== line)
    const sold = { order: null, bought: line.bought + pieces, since: house.now, until: house.now }
    Object.assign(line, { state: 'released', ...sold })
  }
  return `ok ${taken}`
}

/** The visitor's cart, which is the last, goes into the one of the buyer who signed in. */
function merge(shop: Shop, cart: number): string {
  const { house } = shop
  const visitor = shop.carts.length - 1
  const lines = house.lines.filter((line) => line.cart === visitor).sort((a, b) => a.added - b.added)
  touch(
    shop,
    lines.map((line) => line.variant),
  )
  const moved = lines.map((line) => {
    const twin = findLine(house, cart, line.variant)
    if (line.order !== null || (twin && twin.order !== null)) return false
    joinInto(shop, cart, line, twin)
    serve(shop, line.variant)
    return true
  })
  return moved.every(Boolean) ? 'ok' : 'left'
}

function joinInto(shop: Shop, cart: number, line: Line, twin: Line | undefined): void {
  const { house } = shop
  const most = piecesLeft(shop, cart, line.variant) + held(house, twin)
  const next: Line = { ...(twin ? joined(shop, line, twin) : line), cart, anonymous: false }
  house.lines = [...house.lines.filter((each) => each !== line && each !== twin), next]
  move(house, line, next)
  if (twin) move(house, twin, next)
  const pieces = held(house, next)
  if (pieces === 0) return
  if (twin) shop.note('lines joined')
  if (pieces > most) shop.note('merge over a cap')
  next.until = Math.min(next.until, next.since + shop.settings.limit)
  const kept = next.until > house.now ? Math.max(0, Math.min(pieces, most)) : 0
  move(house, next, 'shelf', pieces - kept)
  if (kept === 0) Object.assign(next, { state: 'lapsed', wish: pieces, until: house.now })
}

function joined(shop: Shop, line: Line, twin: Line): Line {
  const both = [line, twin]
  const bought = line.bought + twin.bought
  const unrested = both.filter((each) => each.state === 'held' || !isRested(shop, each))
  for (const state of ['held', 'lapsed', 'released'] as const) {
    const same = both.filter((each) => each.state === state)
    const counted = state === 'released' ? both : same
    if (same.length === 0) continue
    const since = Math.min(...(unrested.length > 0 ? unrested : counted).map((each) => each.since))
    const ends = counted.map((each) => each.until)
    const until = state === 'held' ? Math.min(...ends) : Math.max(...ends)
    return { ...twin, state, bought, since, until, wish: sum(same.map((each) => each.wish)) }
  }
  return twin
}

function adjust(shop: Shop, { variant, change, ifOver }: Command & { do: 'adjust' }): string {
  const { house } = shop
  const row = house.variants[variant]
  if (!row) return 'unknown-variant'
  if ('isOld' in change && change.isOld) return 'stock-changed'
  const room = roomOf(shop)
  const delta = 'delta' in change ? change.delta : change.onHand - inHouse(house, variant)
  const published = row.onSale ? Math.min(delta, room) : delta
  const queued = Math.max(0, delta - published)
  if (queued > 0 && ifOver === 'refuse') return 'over-capacity'
  const before = structuredClone(house)
  if (published !== 0) {
    touch(shop, [variant])
    if (onShelf(house, variant) + published < 0) {
      shop.house = before
      return 'below-held'
    }
    changeHouse(shop, variant, published)
  }
  if (queued > 0) house.queue.push({ variant, quantity: queued })
  return `ok ${Math.max(0, published)} ${queued}`
}

function changeSale(shop: Shop, { product, onSale, opensIn, cap, ifOver }: Command & { do: 'sale' }): string {
  const { house } = shop
  const ofProduct = [...house.variants.keys()].filter((variant) => house.variants[variant]?.product === product)
  const fresh = ofProduct.filter((variant) => onSale && !house.variants[variant]?.onSale)
  const free = sum(fresh.map((variant) => onShelf(house, variant)))
  let excess = free - roomOf(shop)
  const over = fresh.toReversed().flatMap((variant) => {
    const quantity = Math.min(onShelf(house, variant), Math.max(0, excess))
    excess -= quantity
    return quantity > 0 ? [{ variant, quantity }] : []
  })
  if (over.length > 0 && ifOver === 'refuse') return 'over-capacity'
  touch(
    shop,
    over.map((row) => row.variant),
  )
  for (const row of over) changeHouse(shop, row.variant, -row.quantity)
  house.queue.push(...over)
  const opensAt = opensIn === null ? null : house.now + opensIn
  for (const variant of ofProduct) Object.assign(house.variants[variant] ?? {}, { onSale, opensAt, cap })
  touch(
    shop,
    ofProduct.filter((variant) => placesOf(house, variant).length > 0),
  )
  const queued = sum(over.map((row) => row.quantity))
  return `ok ${free - queued} ${queued}`
}

function publish(shop: Shop): string {
  const { house, settings } = shop
  let free = settings.capacity - onSaleNow(house)
  const plan = house.queue.flatMap((row) => {
    const quantity = house.variants[row.variant]?.onSale ? Math.min(row.quantity, Math.max(0, free)) : 0
    free -= quantity
    return quantity > 0 ? [{ row, quantity }] : []
  })
  touch(
    shop,
    plan.map(({ row }) => row.variant),
  )
  for (const { row, quantity } of plan) {
    shop.note('queue published')
    row.quantity -= quantity
    changeHouse(shop, row.variant, quantity)
  }
  house.queue = house.queue.filter((row) => row.quantity > 0)
  return 'ok'
}

function capRefusal(shop: Shop, cart: number, variant: number, more: number): string | null {
  return more > piecesLeft(shop, cart, variant) ? 'over-cap' : null
}

/** One network address, and all visitors together, may have a share. */
function shareRefusal({ house, settings }: Shop, asker: Cart, variant: number, more: number): string | null {
  const lines = house.lines.filter((line) => line.variant === variant)
  const heldBy = (some: readonly Line[]) => sum(some.map((line) => held(house, line)))
  if (asker.source !== null) {
    const most = (capOf(house, variant) ?? settings.capPerVariant) * settings.cartsPerAddress
    if (heldBy(lines.filter((line) => line.source === asker.source)) + more > most) return 'address-full'
  }
  if (!asker.anonymous) return null
  const most = Math.max(1, Math.floor((inHouse(house, variant) * settings.anonymousPercent) / 100))
  return heldBy(lines.filter((line) => line.anonymous)) + more > most ? 'sign-in-for-more' : null
}

function roomRefusal({ house, settings }: Shop, line: Line | undefined, cart: number): string | null {
  if (line && line.state !== 'released') return null
  const lines = house.lines.filter((each) => each.cart === cart && each.state !== 'released')
  return lines.length >= settings.linesPerCart ? 'cart-full' : null
}

/** Who had the pieces for as long as anybody may has to rest. */
function restRefusal(shop: Shop, line: Line | undefined): string | null {
  if (!line || line.state === 'held' || isRested(shop, line)) return null
  return line.since + shop.settings.limit <= shop.house.now ? 'cooling-down' : null
}
