import type { HoldKind, HoldState } from '#prisma/enums'

/** A stock row as a batch reads it under its lock. */
export interface StockRow {
  readonly variantId: string
  readonly productId: string
  readonly onHand: number
  readonly available: number
  /** Of the pieces held, those in carts nobody has signed in to. */
  readonly anonymous: number
  /** Buyers in line; those with an open offer are not counted. */
  readonly waiting: number
  /** All places in the line, those with an open offer too. */
  readonly entries: number
  readonly nextPosition: number
  readonly onSale: boolean
  readonly opensAt: Date | null
  readonly cap: number | null
  readonly version: number
}

/** What of a count is shown to browsers. */
export type StockFacts = Pick<
  StockRow,
  'variantId' | 'productId' | 'onHand' | 'available' | 'waiting' | 'onSale' | 'opensAt' | 'version'
>

export interface HoldRow {
  readonly id: string
  readonly cartId: string
  readonly variantId: string
  readonly kind: HoldKind
  readonly state: HoldState
  readonly quantity: number
  /** Until when the pieces are held; where they are not, when that ended. */
  readonly expiresAt: Date
  /** When this buyer's having these pieces began; a rest of a cooldown begins it anew. */
  readonly firstHeldAt: Date
  readonly addedAt: Date
  readonly bought: number
  readonly anonymous: boolean
  readonly source: string | null
  readonly orderId: string | null
}

/** A buyer's place in the line, and the offer made to it. */
export interface EntryRow {
  readonly id: string
  readonly variantId: string
  readonly cartId: string
  readonly buyerId: string
  readonly position: number
  /** Pieces still wanted, besides those offered. */
  readonly wanted: number
  readonly offered: number
  /** Null while in line. */
  readonly offeredUntil: Date | null
  readonly joinedAt: Date
}

/** Who asks: a cart and, where nobody has signed in to it, the fact. `source` is a keyed hash of the network address. */
export interface Asker {
  readonly cartId: string
  readonly anonymous: boolean
  readonly source: string | null
}

/** A cart's line set to an absolute quantity; 0 removes it. */
export interface SetRequest extends Asker {
  readonly type: 'set'
  /** The id a new hold would get. */
  readonly holdId: string
  readonly variantId: string
  readonly quantity: number
  readonly ttlMs: number
}

export interface JoinRequest {
  readonly type: 'join'
  /** The id a new entry would get. */
  readonly entryId: string
  readonly cartId: string
  readonly buyerId: string
  readonly variantId: string
  readonly quantity: number
}

export interface LeaveRequest {
  readonly type: 'leave'
  readonly cartId: string
  readonly variantId: string
}

/** Everything that moves pieces. A batch decides any mix of them in the order they came. */
export type StockRequest =
  | SetRequest
  | JoinRequest
  | LeaveRequest
  /** What is due is taken back, and what is free goes to the line. */
  | { readonly type: 'reclaim'; readonly variantId: string }
  /** Pieces come into the house, or with a minus leave it otherwise than by a sale. */
  | { readonly type: 'stock'; readonly variantId: string; readonly delta: number }
  /** The pieces of an order leave the house. */
  | { readonly type: 'take'; readonly variantId: string; readonly cartId: string; readonly orderId: string }
  /** Sold pieces come back into the house, and the buyer of this cart has not bought them any more. */
  | { readonly type: 'return'; readonly variantId: string; readonly cartId: string; readonly quantity: number }
  /** At sign-in a line moves into the buyer's cart. */
  | { readonly type: 'move'; readonly variantId: string; readonly cartId: string; readonly toCartId: string }

/** A line whose pieces are held. */
export interface HeldLine {
  readonly variantId: string
  readonly quantity: number
  readonly expiresAt: Date
  /** The database's clock at the decision, so that a countdown need not trust any other. */
  readonly now: Date
}

/** Every limit on what a buyer may hold. Times in milliseconds. */
export interface Limits {
  /** Most pieces of one variant in one cart, where the seller set no cap. */
  readonly capPerVariant: number
  readonly linesPerCart: number
  /** How long a buyer may have pieces without a rest, counted from when they were first held. */
  readonly holdLimitMs: number
  /** The rest after which a buyer may hold anew. */
  readonly cooldownMs: number
  readonly offerTtlMs: number
  /** As many carts as this may be filled to the cap from one address. */
  readonly cartsPerAddress: number
  /** Share of a variant's pieces that carts nobody has signed in to may hold together; at least one piece. */
  readonly anonymousPercent: number
  /** Most places in lines that one buyer has at once. */
  readonly placesPerBuyer: number
}
