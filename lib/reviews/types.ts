export type Thumb = 'up' | 'down'

/** How many thumbs are for something and how many against. */
export interface Thumbs {
  readonly up: number
  readonly down: number
}

/** What of a review counts. */
export interface Opinion {
  readonly item: Thumb | null
  readonly seller: Thumb | null
}

/** A review as it stands, as far as its rules ask for it. */
export interface Said extends Opinion {
  readonly text: string
  readonly hiddenAt: Date | null
}

/** What has happened to a line that somebody wants to review. */
export interface Received {
  readonly deliveredAt: Date | null
  readonly cancelledAt: Date | null
  readonly quantity: number
  readonly refundedQuantity: number
  /** Whether its buyer owns the shop that sold it. */
  readonly isOwnShop: boolean
}
