import { encode } from 'next-auth/jwt'
import { sessionCookieName, signingSecret } from '#lib/auth/session-cookie'
import { db, sql } from '#lib/db'
import { newId, newSecret } from '#lib/ids'
import { must, visit, type Market, type Visitor } from './client.ts'

/** Somebody who is signed in. */
export interface Person {
  readonly handle: string
  /** What each request says of who asks. */
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Members by the names `<role>-1` to `<role>-<count>`, those of earlier bazaars among them, each with a new session. Many at
 * once, which is why they do not sign up: a password takes a tenth of a second to hash.
 */
export async function makePeople(role: 'buyer' | 'seller', count: number): Promise<Person[]> {
  const handles = Array.from({ length: count }, (_, index) => `${role}-${index + 1}`)
  await db.run(sql`
    insert into app_user (id, handle, email, name, password_hash)
    select id, handle, handle || '@example.org', handle, 'none'
    from unnest(${handles.map(() => newId())}::uuid[], ${handles}::text[]) as made (id, handle)
    on conflict do nothing`)
  if (role === 'seller') await openShops(handles)
  const sessions = await db.run(sql<{ handle: string; userId: string; sid: string }>`
    with opened as (
      insert into session (sid, user_id, expires_at)
      select uuidv7(), id, now() + interval '2 days'
      from app_user
      where handle = any(${handles}::text[])
      returning sid, user_id
    )
    select handle, user_id as "userId", sid
    from opened
    join app_user on app_user.id = user_id`)
  const byHandle = new Map(sessions.map((session) => [session.handle, session]))
  const name = sessionCookieName()
  return Promise.all(
    handles.map(async (handle) => {
      const { userId: sub, sid } = byHandle.get(handle) ?? { userId: '', sid: '' }
      const cookie = `${name}=${await encode({ token: { sub, sid }, secret: signingSecret() })}`
      return { handle, headers: { cookie } }
    }),
  )
}

/** Has somebody sign up with the market and get a token for it; with a shop, open one too. Nothing but the market is asked. */
export async function signUp(
  market: Market,
  { handle, name, hasShop }: { handle: string; name: string; hasShop: boolean },
): Promise<Visitor> {
  const stranger = visit(market, { handle, headers: {} }).market
  const password = newSecret()
  const account = { name, handle, email: `${handle}@example.org`, password }
  await must(stranger.accounts.$post({ json: hasShop ? { ...account, shop: { name, handle } } : account }))
  const { token } = await must(stranger.tokens.$post({ json: { login: handle, password, name: 'souk' } }))
  return visit(market, { handle, headers: { authorization: `Bearer ${token}` } })
}

async function openShops(handles: readonly string[]): Promise<void> {
  await db.run(sql`
    insert into seller (id, user_id, handle, name)
    select uuidv7(), id, handle, handle
    from app_user
    where handle = any(${handles}::text[])
    on conflict do nothing`)
}

/** What these shops have on sale, from earlier bazaars. */
export async function listGoods(handles: readonly string[]): Promise<{ handle: string; variantId: string }[]> {
  return db.run(sql<{ handle: string; variantId: string }>`
    select seller.handle, variant.id as "variantId"
    from seller
    join product on product.seller_id = seller.id and product.status = 'published'
    join variant on variant.product_id = product.id
    where seller.handle = any(${handles}::text[])
    order by seller.handle, variant.id`)
}
