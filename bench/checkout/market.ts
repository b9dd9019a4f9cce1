import { db, sql } from '#lib/db'
import { newId } from '#lib/ids'
import type { BenchCart } from '../market.ts'

/** Each cart holds one piece of the version, as `PUT /cart/lines` would have left it. */
export async function holdOne(carts: readonly BenchCart[], variantId: string): Promise<void> {
  await db.run(sql`
    with held as (
      insert into hold (id, cart_id, variant_id, quantity, expires_at, first_held_at, added_at)
      select id, cart_id, ${variantId}, 1, clock_timestamp() + interval '1 hour', clock_timestamp(), clock_timestamp()
      from unnest(${carts.map(() => newId())}::uuid[], ${carts.map(({ id }) => id)}::uuid[]) as made (id, cart_id)
    )
    update stock
    set available = available - ${carts.length}, version = version + 1
    where variant_id = ${variantId}`)
}

/** How many orders are paid. */
export async function countPaid(): Promise<number> {
  const [row] = await db.run(sql<{ paid: number }>`select count(*)::int as paid from "order" where status = 'paid'`)
  return row?.paid ?? 0
}
