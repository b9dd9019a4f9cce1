import type { Cents } from '#lib/money'
import type { OrderView } from './schema.ts'
import type { Progress } from './schema/progress.ts'

/** A line of the cart as a checkout finds it. */
export interface CartLine {
  readonly variantId: string
  readonly quantity: number
  readonly state: 'held' | 'lapsed' | 'checkout'
}

/** What the market says about a variant at the moment of the sale. */
export interface SaleItem {
  readonly variantId: string
  readonly productId: string
  readonly sellerId: string
  readonly title: string
  readonly optionValues: readonly string[]
  readonly pictureId: string | null
  readonly priceCents: Cents
  readonly categorySlug: string
  readonly isPublished: boolean
}

/** What the market keeps of a line that the rule fits. Units: basis points, cents. */
export interface CommissionRule {
  readonly position: number
  /** Null fits every category, every seller. */
  readonly categorySlug: string | null
  readonly sellerId: string | null
  readonly feeBps: number
  readonly fixedCents: Cents
  readonly floorCents: Cents | null
  readonly capCents: Cents | null
}

/** A line as it is sold: everything is copied, later edits of the product do not reach it. */
export interface PricedLine {
  readonly variantId: string
  readonly productId: string
  readonly sellerId: string
  readonly title: string
  readonly optionValues: readonly string[]
  readonly pictureId: string | null
  readonly unitPriceCents: Cents
  readonly quantity: number
  readonly totalCents: Cents
  /** What the market keeps of the total. */
  readonly commissionCents: Cents
}

/** One seller's part of an order. */
export interface SellerPart {
  readonly sellerId: string
  readonly lines: readonly PricedLine[]
  readonly totalCents: Cents
  readonly commissionCents: Cents
}

/** What the provider made of a charge. Final: the same key never gets another. */
export type Charge =
  | { readonly status: 'captured'; readonly ref: string }
  | { readonly status: 'declined'; readonly ref: string; readonly code: DeclineCode }

/** `abandoned`: nobody finished the payment, and it was closed so that nobody can any more. */
export type DeclineCode = 'card-declined' | 'insufficient-funds' | 'challenge-failed' | 'provider-refused' | 'abandoned'

/** A payment that waits for its buyer, and where the buyer has to go. */
export interface Challenge {
  readonly number: string
  readonly challengeUrl: string
}

/** What a request was answered, kept with its key: a repeat gets these bytes. */
export interface StoredAnswer {
  readonly status: number
  readonly body: string
}

/** An order as the database tells it: its buyer's view, but for times, total and progress, and the ids of those to tell. */
export interface OrderRow extends Omit<OrderView, 'createdAt' | 'paidAt' | 'totalCents' | 'sellerOrders'> {
  readonly sellerOrders: readonly Omit<OrderView['sellerOrders'][number], keyof Progress>[]
  readonly id: string
  readonly buyerId: string
  readonly sellerIds: readonly string[]
  readonly createdAt: Date
  readonly paidAt: Date | null
  readonly totalCents: Cents
}
