import { encode } from 'next-auth/jwt'
import { signCartId } from '#lib/api/principal'
import { db, sql } from '#lib/db'
import { newId } from '#lib/ids'

export const SPREAD = 10_000
const PIECES = 1_000_000
/** What every version costs. */
export const PRICE_CENTS = 1_000

export interface Market {
  readonly sellerId: string
  readonly productId: string
  readonly hot: string
  readonly spread: readonly string[]
}

/** One seller, one hot version and 10,000 others, all with more pieces than anybody will ask for. */
export async function makeMarket(): Promise<Market> {
  const [userId, sellerId, productId] = [newId(), newId(), newId()]
  const variants = Array.from({ length: SPREAD + 1 }, () => newId())
  await db.run(sql`
    insert into app_user (id, handle, email, name, password_hash)
    values (${userId}, 'bench', 'bench@example.org', 'bench', 'none')`)
  await db.run(sql`insert into seller (id, user_id, handle, name) values (${sellerId}, ${userId}, 'bench', 'Bench')`)
  await db.run(sql`
    insert into product (id, seller_id, slug, title, category_slug, status, published_at)
    values (${productId}, ${sellerId}, 'bench', 'Bench', 'other', 'published', now())`)
  await db.run(sql`
    insert into variant (id, product_id, position, price_cents)
    select id, ${productId}, place, ${PRICE_CENTS} from unnest(${variants}::uuid[]) with ordinality as made (id, place)`)
  await db.run(sql`
    insert into stock (variant_id, product_id, seller_id, on_hand, available, on_sale)
    select id, ${productId}, ${sellerId}, ${PIECES}, ${PIECES}, true from unnest(${variants}::uuid[]) as made (id)`)
  await db.run(sql`
    insert into stock_movement (id, variant_id, delta, reason)
    select uuidv7(), id, ${PIECES}, 'deposit' from unnest(${variants}::uuid[]) as made (id)`)
  const [hot = '', ...spread] = variants
  return { sellerId, productId, hot, spread }
}

export interface BenchCart {
  readonly id: string
  /** Null when nobody has signed in to it. */
  readonly userId: string | null
  readonly cookie: string
  /** Each asks from a network of its own, as buyers do: the cap per address is on. */
  readonly address: string
}

/** Carts without a line, each a signed-in buyer's or, as `isMember` says of its number, a visitor's. */
export async function makeCarts(count: number, isMember: (index: number) => boolean): Promise<BenchCart[]> {
  const carts = Array.from({ length: count }, (_, index) => ({
    id: newId(),
    userId: isMember(index) ? newId() : null,
    sid: newId(),
  }))
  const members = carts.flatMap(({ id, userId, sid }) => (userId ? [{ id, userId, sid }] : []))
  const userIds = members.map(({ userId }) => userId)
  await db.run(sql`
    insert into app_user (id, handle, email, name, password_hash)
    select id, id::text, id::text, 'buyer', 'none' from unnest(${userIds}::uuid[]) as made (id)`)
  await db.run(sql`
    insert into session (sid, user_id, expires_at)
    select sid, user_id, now() + interval '1 day'
    from unnest(${members.map(({ sid }) => sid)}::uuid[], ${userIds}::uuid[]) as made (sid, user_id)`)
  await db.run(sql`
    insert into cart (id, buyer_id)
    select id, buyer_id
    from unnest(${carts.map(({ id }) => id)}::uuid[], ${carts.map(({ userId }) => userId)}::uuid[]) as made (id, buyer_id)`)
  const secret = process.env.SOUK_SECRET ?? ''
  return Promise.all(
    carts.map(async ({ id, userId, sid }, index) => ({
      id,
      userId,
      address: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`,
      cookie: userId
        ? `souk.session=${await encode({ token: { sub: userId, sid }, secret })}`
        : `souk.cart=${signCartId(id)}`,
    })),
  )
}
