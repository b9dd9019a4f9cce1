import pg from 'pg'
import { newId, newOrderNumber } from '#lib/ids'
import type { Client } from '../clients.ts'
import type { BenchCart } from '../market.ts'

const ADDRESS = '{"city":"Berlin","name":"Ada","line1":"Lane 1","line2":"","country":"DE","postalCode":"10115"}'

export interface Goods {
  readonly variantId: string
  readonly productId: string
  readonly sellerId: string
  readonly priceCents: number
}

/**
 * An order in one transaction straight on the tables: the rows that a paid order leaves, every key and constraint checked, the
 * ledger's trigger too, each statement prepared. The stock row, which all want, is locked as late as it can be. No HTTP, no
 * sign-in, no pricing, no provider's book.
 */
export async function openPlain(next: () => BenchCart | undefined, goods: Goods): Promise<Client> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  const accounts = await client.query<{ kind: string; id: string }>(
    `select kind, id from account where owner_id is null`,
  )
  const accountOf = (kind: string) => accounts.rows.find((row) => row.kind === kind)?.id
  const run = (name: string, values: readonly unknown[]) =>
    client.query({ name, text: TEXTS[name as keyof typeof TEXTS], values: [...values] })
  return {
    close: () => void client.end(),
    ask: async () => {
      const cart = next()
      if (!cart) return null
      const [orderId, partId, entryId] = [newId(), newId(), newId()]
      const { variantId, productId, sellerId, priceCents } = goods
      await client.query('begin')
      await run('key', [cart.userId, orderId, BODY])
      await run('attempt', [cart.id])
      await run('order', [orderId, newOrderNumber(), cart.userId, cart.id, priceCents, ADDRESS])
      await run('payment', [orderId, `order:${orderId}`, priceCents])
      await run('part', [partId, orderId, sellerId, priceCents])
      await run('line', [newId(), orderId, partId, variantId, productId, priceCents])
      await run('entry', [entryId, orderId])
      await run('posting', [entryId, accountOf('cash'), accountOf('escrow'), priceCents, partId])
      await run('hold', [cart.id, variantId])
      await run('movement', [newId(), variantId, orderId])
      const { rowCount } = await run('stock', [variantId])
      await client.query('commit')
      return rowCount === 1
    },
  }
}

/** As long as an order's answer is. */
const BODY = JSON.stringify({ number: 'S-00000000', filler: 'x'.repeat(800) })

const TEXTS = {
  key: `
    insert into idempotency_key (user_id, route, key, request_hash, order_id, status, body)
    values ($1, 'POST /orders', $2::text, repeat('0', 64), $2::uuid, 201, $3)`,
  attempt: `update cart set attempt = attempt + 1 where id = $1`,
  order: `
    insert into "order" (id, number, buyer_id, cart_id, attempt, currency, total_cents, address, deadline_at, status, paid_at)
    values ($1, $2, $3, $4, 1, 'EUR', $5, $6::jsonb, clock_timestamp() + interval '15 minutes', 'paid', clock_timestamp())`,
  payment: `
    insert into payment (order_id, provider, provider_key, provider_ref, status, amount_cents, currency, card_last4)
    values ($1, 'sandbox', $2, 'ref', 'captured', $3, 'EUR', '4242')`,
  part: `
    insert into seller_order (id, order_id, seller_id, status, total_cents, commission_cents)
    values ($1, $2, $3, 'paid', $4::bigint, $4::bigint / 20)`,
  line: `
    insert into order_line (id, order_id, seller_order_id, variant_id, product_id, title, option_values, unit_price_cents,
                            quantity, total_cents, commission_cents)
    values ($1, $2, $3, $4, $5, 'Bench', '{}', $6::bigint, 1, $6::bigint, $6::bigint / 20)`,
  entry: `insert into journal_entry (id, kind, subject_id) values ($1, 'sale', $2)`,
  posting: `
    insert into posting (entry_id, number, account_id, amount_cents, source_id)
    values ($1, 0, $2, -$4::bigint, null), ($1, 1, $3, $4::bigint, $5)`,
  hold: `
    update hold
    set state = 'released', expires_at = clock_timestamp(), first_held_at = clock_timestamp(), bought = bought + 1
    where cart_id = $1 and variant_id = $2 and state = 'held'`,
  movement: `
    insert into stock_movement (id, variant_id, delta, reason, order_id)
    values ($1, $2, -1, 'sale', $3)`,
  stock: `update stock set on_hand = on_hand - 1, version = version + 1 where variant_id = $1`,
}
