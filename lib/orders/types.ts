import type { Cents } from '#lib/money'
import type { LineKind } from '#prisma/enums'
import type { Costs, OrderLineView, OrderView } from './schema.ts'
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
  readonly sellerName: string
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

/** A way a shop sends what it sells. Units: cents. */
export interface ShippingMethod {
  readonly id: string
  readonly sellerId: string
  readonly position: number
  readonly name: string
  /** None: everywhere. */
  readonly countries: readonly string[]
  readonly flatCents: Cents
  readonly perItemCents: Cents
  readonly freeOverCents: Cents | null
}

/** The tax of what goes to a country. Null of category: everything that no rule of its own category fits. Units: basis points. */
export interface TaxRule {
  readonly country: string
  readonly categorySlug: string | null
  readonly bps: number
  /** Whether prices have it in them. */
  readonly isIncluded: boolean
}

/** What the market and its shops ask for, as it stands at the moment of a sale. */
export interface Terms {
  /** By variant. */
  readonly items: ReadonlyMap<string, SaleItem>
  readonly commissions: readonly CommissionRule[]
  readonly methods: readonly ShippingMethod[]
  readonly taxes: readonly TaxRule[]
}

/** Who buys and where it goes. */
export interface Destination {
  readonly country: string
  /** The ways of sending that were chosen, one of a shop; of a shop that has none here the first that fits is. */
  readonly methodIds: readonly string[]
  /** The buyer's own shop, from which nothing may be bought. */
  readonly ownSellerId: string | null
}

interface LineBase {
  readonly sellerId: string
  readonly title: string
  readonly optionValues: readonly string[]
  readonly pictureId: string | null
  readonly unitPriceCents: Cents
  readonly quantity: number
}

interface GoodsLine extends LineBase {
  readonly kind: 'goods'
  readonly variantId: string
  readonly productId: string
  readonly categorySlug: string
}

/** What a shop takes for sending its part: one piece that is nobody's stock. */
interface ShippingLine extends LineBase {
  readonly kind: 'shipping'
  readonly variantId: null
  readonly productId: null
  readonly categorySlug: null
}

/** A line with its price, before anybody else's share of it is worked out. */
export type PlainLine = GoodsLine | ShippingLine

/** A line as it is sold: everything is copied, later edits of the product do not reach it. */
export type PricedLine = PlainLine & {
  /** What the buyer pays: the pieces, and the tax where it comes on top. */
  readonly totalCents: Cents
  readonly taxBps: number
  readonly taxCents: Cents
  readonly isTaxIncluded: boolean
  /** What the market keeps of it. */
  readonly commissionCents: Cents
}

/** One seller's part of an order. */
export interface SellerPart {
  readonly sellerId: string
  readonly lines: readonly PricedLine[]
  /** How it is sent, as the shop calls it. */
  readonly shippingMethod: string | null
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

/** A line as the database tells it. */
export interface LineRow extends Omit<OrderLineView, 'productId' | 'slug'> {
  readonly kind: LineKind
  readonly productId: string | null
  readonly slug: string | null
}

/** An order as the database tells it: its buyer's view, but for times, costs and progress, and the ids of those to tell. */
export interface OrderRow extends Omit<OrderView, 'createdAt' | 'paidAt' | 'totalCents' | 'sellerOrders'> {
  readonly sellerOrders: readonly (Omit<OrderView['sellerOrders'][number], keyof Progress | keyof Costs> & {
    readonly lines: readonly LineRow[]
    readonly shippingMethod: string | null
  })[]
  readonly id: string
  readonly buyerId: string
  readonly sellerIds: readonly string[]
  readonly createdAt: Date
  readonly paidAt: Date | null
  readonly totalCents: Cents
}
