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

export type LiveEvent =
  | ({ readonly type: 'stock' } & StockState)
  | { readonly type: 'product'; readonly productId: string; readonly revision: number }
  | { readonly type: 'hold'; readonly variantId: string | null }
