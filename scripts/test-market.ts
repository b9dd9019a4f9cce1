import { db, sql, transact } from '#lib/db'
import { newId, newSecret } from '#lib/ids'
import { createStock, setSale } from '#lib/inventory/commands/stock'
import { auditStock } from '#lib/inventory/queries'

/** Rows for database tests, written straight into the tables: a test of holds should not depend on how one signs up. */

/** A member; its handle and e-mail are its own. */
export async function makeMember(): Promise<{ userId: string; handle: string }> {
  const userId = newId()
  const handle = `m-${newSecret().toLowerCase().slice(0, 16)}`
  await db.run(sql`
    insert into app_user (id, handle, email, name, password_hash)
    values (${userId}, ${handle}, ${`${handle}@example.org`}, ${handle}, 'none')`)
  return { userId, handle }
}

export async function makeSeller(): Promise<{ sellerId: string; userId: string }> {
  const { userId, handle } = await makeMember()
  const sellerId = newId()
  await db.run(sql`
    insert into seller (id, user_id, handle, name)
    values (${sellerId}, ${userId}, ${handle}, ${handle})`)
  return { sellerId, userId }
}

/** A published product with one variant of so many pieces, on sale. */
export async function makeVariant(options: {
  quantity: number
  priceCents?: bigint
  cap?: number
  opensAt?: Date
  seller?: { sellerId: string; userId: string }
}): Promise<{ variantId: string; productId: string; sellerId: string; userId: string }> {
  const { sellerId, userId } = options.seller ?? (await makeSeller())
  const productId = newId()
  const variantId = newId()
  await transact(async (tx) => {
    await tx.run(sql`
      insert into product (id, seller_id, slug, title, category_slug, status, published_at)
      values (${productId}, ${sellerId}, ${productId}, 'A thing', 'other', 'published', now())`)
    await tx.run(sql`
      insert into variant (id, product_id, position, price_cents)
      values (${variantId}, ${productId}, 0, ${options.priceCents ?? 1000n})`)
    await createStock(tx, { variantId, productId, sellerId, quantity: options.quantity, actorId: userId })
    await setSale(tx, {
      sellerId,
      actorId: userId,
      productId,
      onSale: true,
      opensAt: options.opensAt ?? null,
      cap: options.cap ?? null,
    })
  })
  return { variantId, productId, sellerId, userId }
}

/** A cart: the member's own, or an anonymous one. */
export async function makeCart(buyerId: string | null = null): Promise<string> {
  const id = newId()
  await db.run(sql`insert into cart (id, buyer_id) values (${id}, ${buyerId})`)
  return id
}

/** The variants whose numbers do not add up. Must be empty at any moment between transactions. */
export async function listImbalances() {
  return (await auditStock()).breaches
}
