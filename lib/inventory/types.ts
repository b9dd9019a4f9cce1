import type { HoldKind, HoldState } from '#prisma/enums'

/** A stock row as a batch reads it under its lock. */
export interface StockRow {
  readonly variantId: string
  readonly productId: string
  readonly onHand: number
  readonly available: number
  readonly waiting: number
  readonly onSale: boolean
  readonly opensAt: Date | null
  readonly cap: number | null
  readonly version: number
}

export interface HoldRow {
  readonly id: string
  readonly cartId: string
  readonly variantId: string
  readonly kind: HoldKind
  readonly state: HoldState
  readonly quantity: number
  readonly expiresAt: Date
  readonly firstHeldAt: Date
  readonly addedAt: Date
}

/** What a batch is asked: a cart's line set to an absolute quantity (0 removes it), or what is due taken back. */
export type StockRequest =
  | {
      readonly type: 'set'
      /** The id a new hold would get. */
      readonly holdId: string
      readonly cartId: string
      readonly variantId: string
      readonly quantity: number
      readonly ttlMs: number
    }
  | { readonly type: 'reclaim'; readonly variantId: string }

/** A line after a hold: null when it was removed. */
export interface HeldLine {
  readonly variantId: string
  readonly quantity: number
  readonly expiresAt: Date
  /** The database's clock at the decision, so that a countdown need not trust any other. */
  readonly now: Date
}

export interface Limits {
  /** Most pieces of one variant in one cart, where the seller set no cap. */
  readonly capPerVariant: number
  readonly linesPerCart: number
}
