/**
 * Which pieces of variants about to go on sale are more than there is room for, from the last variant backwards.
 * Invariant: Σ of the result = max(0, Σ available − room).
 */
export function overflowOf(
  rows: readonly { readonly variantId: string; readonly available: number }[],
  room: number,
): { variantId: string; quantity: number }[] {
  let over = rows.reduce((sum, row) => sum + row.available, 0) - room
  return rows.toReversed().flatMap(({ variantId, available }) => {
    const quantity = Math.max(0, Math.min(available, over))
    over -= quantity
    return quantity > 0 ? [{ variantId, quantity }] : []
  })
}

/**
 * What of a publishing queue fits, strictly in its order: only the last one of the result may be published in part.
 * Invariant: Σ published = min(room, Σ quantity).
 */
export function planQueue<Row extends { readonly quantity: number }>(
  queue: readonly Row[],
  room: number,
): (Row & { published: number; left: number })[] {
  let free = room
  return queue.flatMap((row) => {
    const published = Math.min(row.quantity, free)
    free -= published
    return published > 0 ? [{ ...row, published, left: row.quantity - published }] : []
  })
}
