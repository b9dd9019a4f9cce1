/** The count of one variant as browsers see it: absolute, so that a state that comes late or twice does no harm. */
export interface StockState {
  readonly variantId: string
  readonly productId: string
  readonly available: number
  readonly onHand: number
  readonly waiting: number
  /** Rises with every change; clients apply only a higher one. */
  readonly version: number
  readonly onSale: boolean
  readonly opensAt: string | null
}

/** What one variant costs, as browsers see it: absolute, so that what comes late or twice does no harm. */
export interface PriceState {
  readonly variantId: string
  readonly productId: string
  readonly priceCents: string
  /** What it cost before, where the seller says so. */
  readonly compareAtCents: string | null
  /** The product's revision. Clients apply only a higher one. */
  readonly version: number
}

/** How many of a shop's reviews are for it and how many against. */
export interface RatingState {
  readonly sellerId: string
  readonly up: number
  readonly down: number
  /** Rises with everything that changes what is read of the shop's reviews. */
  readonly version: number
}

/** What can happen in a room. Whoever hears one and needs more reads it again: an event is a reason to look, not a record. */
export type LiveEvent =
  | ({ readonly type: 'stock' } & StockState)
  /** The seller changed what the page says; the revision is the new one. */
  | { readonly type: 'product'; readonly productId: string; readonly revision: number }
  /** The buyer's cart changed, perhaps on another device; null when more than one line did. */
  | { readonly type: 'hold'; readonly variantId: string | null }
  /** The buyer's place in a waitlist changed: an offer was made, taken, or is over. */
  | { readonly type: 'place'; readonly variantId: string }
  | { readonly type: 'order'; readonly number: string; readonly status: 'pending' | 'paid' | 'released' }
  /** The shop sold something. */
  | { readonly type: 'sale'; readonly number: string }
  /** Few pieces of one of the shop's variants are left to buy, and a moment ago there were more; 0 when it is sold out. */
  | { readonly type: 'low-stock'; readonly productId: string; readonly variantId: string; readonly available: number }
  /** The shop's balance is on its way to its owner, has arrived, or came back. */
  | { readonly type: 'payout'; readonly number: number; readonly status: 'pending' | 'paid' | 'failed' }
  | { readonly type: 'import'; readonly importId: string; readonly status: string; readonly picturesLeft: number }
  /**
   * What a shop's reviews come to: absolute, and only a higher version is news. `productId`: the product they changed of; null
   * where it is told to who joins.
   */
  | ({ readonly type: 'rating'; readonly productId: string | null } & RatingState)
  /** A sentence for the person at the screen. */
  | { readonly type: 'notice'; readonly text: string }

/** A wish to hear a room, with the versions the browser has, so that it is sent only what is newer. */
export interface Subscription {
  readonly room: string
  /** Version by variant id. */
  readonly known: Readonly<Record<string, number>>
}

export type RoomRefusal = 'unknown' | 'not-allowed' | 'too-many' | 'unavailable'

/** The answer to a subscription: all that is newer than what was known, at one moment. */
export interface Snapshot {
  readonly serverNow: string
  readonly states: readonly StockState[]
  readonly prices: readonly PriceState[]
  readonly watchers: readonly Watchers[]
  readonly events: readonly { readonly room: string; readonly event: LiveEvent }[]
  readonly refused: readonly { readonly room: string; readonly reason: RoomRefusal }[]
}

/** How many browsers have a product on their screen, exact while few and rounded when many. */
export interface Watchers {
  readonly productId: string
  readonly count: number
}

export interface ServerToClientEvents {
  stock(states: readonly StockState[]): void
  prices(states: readonly PriceState[]): void
  event(room: string, event: LiveEvent): void
  watchers(watchers: Watchers): void
  /** Events of other nodes were lost: what stands on the screen because of events is to be read again. */
  missed(): void
  /** The node goes away: come back at a random moment within this time. */
  closing(returnWithinMs: number): void
}

export interface ClientToServerEvents {
  subscribe(subscriptions: readonly Subscription[], answer: (snapshot: Snapshot) => void): void
  unsubscribe(rooms: readonly string[]): void
}
