import type { SellerOrderView } from '../schema.ts'

/** A seller order as those who look after the market see it: with its shop. */
export type MarketOrderView = SellerOrderView & { readonly seller: { readonly name: string; readonly handle: string } }

/** Where the market's money is, in cents as text, and what was paid on each of the last days. */
export interface MarketMoneyView {
  readonly escrowCents: string
  readonly sellersCents: string
  readonly commissionCents: string
  readonly taxCents: string
  readonly refundingCents: string
  readonly payingOutCents: string
  /** Oldest first; days are UTC. */
  readonly daily: readonly { readonly day: string; readonly totalCents: string; readonly count: number }[]
}
