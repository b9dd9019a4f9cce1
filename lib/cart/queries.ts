import { listSellable, type Sellable } from '#lib/catalog/sql'
import { db } from '#lib/db'
import { getPlaces, stockState } from '#lib/inventory/queries'
import type { PlaceRow } from '#lib/inventory/sql/waitlist'
import { lineState, totalsOf } from './rules.ts'
import type { CartLineView, CartView, PlaceView, WaitlistView } from './schema.ts'
import { findBuyerCart, listLines, sumLines, type LineRow } from './sql.ts'

/** Whose cart: a signed-in buyer's, with its id where that is known, or an anonymous one by its id. */
export interface CartOwner {
  readonly buyerId: string | null
  readonly cartId: string | null
}

/** The cart with its counts and prices as they are now. Two statements; an owner without a cart has an empty one. */
export async function getCart(owner: CartOwner): Promise<CartView> {
  const id = await findCartId(owner)
  const rows = id ? await db.run(listLines({ cartIds: [id] })) : []
  const sellables = new Map(
    rows.length === 0
      ? []
      : (
          await listSellable(
            db,
            rows.map((row) => row.variantId),
          )
        ).map((item) => [item.variantId, item] as const),
  )
  const lines = rows.flatMap((row) => {
    const item = sellables.get(row.variantId)
    return item
      ? [{ row, item, state: lineState(row, row.now), unitPriceCents: item.priceCents, quantity: row.quantity }]
      : []
  })
  const totals = totalsOf(lines)
  return {
    id,
    lines: lines.map(({ row, item, state }) => lineOf(row, item, state)),
    heldTotalCents: totals.heldTotalCents.toString(),
    totalCents: totals.totalCents.toString(),
    count: lines.reduce((sum, line) => sum + line.quantity, 0),
    serverNow: (rows[0]?.now ?? new Date()).toISOString(),
  }
}

/** The buyer's places in waitlists, with what is offered. Four statements. */
export async function getWaitlist(buyerId: string): Promise<WaitlistView> {
  const places = await getPlaces(buyerId)
  const ids = places.map((place) => place.variantId)
  const sellables = places.length === 0 ? [] : await listSellable(db, ids)
  const items = new Map(sellables.map((item) => [item.variantId, item]))
  const cartId = places.length === 0 ? null : await findCartId({ buyerId, cartId: null })
  const lines = cartId ? await db.run(listLines({ cartIds: [cartId] })) : []
  const held = new Map(lines.map((line) => [line.variantId, lineState(line, line.now) === 'held' ? line.quantity : 0]))
  return {
    places: places.flatMap((place) => {
      const item = items.get(place.variantId)
      return item ? [placeOf(place, item, held.get(place.variantId) ?? 0)] : []
    }),
    serverNow: (places[0]?.now ?? new Date()).toISOString(),
  }
}

function placeOf(place: PlaceRow, item: Sellable, held: number): PlaceView {
  const { offered, offeredUntil } = place
  return {
    variantId: place.variantId,
    productId: place.productId,
    slug: item.slug,
    title: item.title,
    optionValues: item.optionValues,
    pictureId: item.pictureId,
    unitPriceCents: item.priceCents.toString(),
    wanted: place.wanted,
    ahead: place.ahead,
    offer: offered > 0 && offeredUntil ? { quantity: offered, until: offeredUntil.toISOString() } : null,
    held,
    joinedAt: place.joinedAt.toISOString(),
  }
}

/** The id of the owner's cart, if there is one yet. No statement where it is known. */
export async function findCartId({ buyerId, cartId }: CartOwner): Promise<string | null> {
  if (cartId !== null || buyerId === null) return cartId
  const [cart] = await db.run(findBuyerCart(buyerId))
  return cart?.id ?? null
}

/** Pieces in the owner's cart, for the number beside the cart in the header. One statement. */
export async function countCartPieces(owner: CartOwner): Promise<number> {
  if (!owner.buyerId && !owner.cartId) return 0
  const [row] = await db.run(sumLines(owner.buyerId ? null : owner.cartId, owner.buyerId))
  return row?.pieces ?? 0
}

function lineOf(row: LineRow, item: Sellable, state: CartLineView['state']): CartLineView {
  return {
    variantId: row.variantId,
    productId: row.productId,
    slug: item.slug,
    title: item.title,
    optionValues: item.optionValues,
    sellerName: item.sellerName,
    sellerHandle: item.sellerHandle,
    pictureId: item.pictureId,
    unitPriceCents: item.priceCents.toString(),
    quantity: row.quantity,
    totalCents: (item.priceCents * BigInt(row.quantity)).toString(),
    state,
    expiresAt: row.expiresAt.toISOString(),
    stock: stockState(row),
  }
}
