import { db, sql, transact } from '#lib/db'
import { newId } from '#lib/ids'
import { throwDice } from './dice.ts'

export const PRODUCTS = 100_000
const SELLERS = 200
const WORDS = 20_000
const PER_STATEMENT = 5_000

/** Syllables of words that no stemmer knows. */
const SYLLABLES = [
  'ba',
  'dor',
  'kel',
  'mi',
  'nu',
  'ras',
  'to',
  'vin',
  'zel',
  'pol',
  'ga',
  'shu',
  'lem',
  'fri',
  'ok',
  'ta',
]

/** The word of a rank, always the same: rank 0 is in nearly every text, the last in a few. */
export function wordOf(rank: number): string {
  let rest = rank * 7 + 257
  let word = ''
  while (rest > 0) {
    word += SYLLABLES[rest % SYLLABLES.length]
    rest = Math.floor(rest / SYLLABLES.length)
  }
  return word
}

/**
 * 100,000 products of 200 shops: four words of title, four keywords and forty words of text, each drawn by Zipf's law (the n-th
 * word comes up 1/n as often as the first), with dice that always fall the same. A tenth are sold out.
 */
export async function makeProducts(): Promise<void> {
  const dice = throwDice(41)
  const sellers = await makeSellers()
  const categories = await db.run(sql<{ slug: string }>`select slug from category order by slug`)
  const rows = Array.from({ length: PRODUCTS }, (_, number) => {
    const words = Array.from({ length: 48 }, () => wordOf(Math.floor(Math.exp(dice() * Math.log(WORDS))) - 1))
    return {
      id: newId(),
      sellerId: sellers[Math.floor(dice() * SELLERS)],
      slug: `bench-${number}`,
      title: words.slice(0, 4).join(' '),
      keywords: words.slice(4, 8),
      description: words.slice(8).join(' '),
      categorySlug: categories[Math.floor(dice() * categories.length)]?.slug,
      condition: ['new', 'like_new', 'good', 'fair'][Math.floor(dice() * 4)],
      priceCents: 100 + Math.floor(Math.exp(dice() * Math.log(50_000))),
      pieces: dice() < 0.1 ? 0 : 5,
      minutes: number,
    }
  })
  for (let from = 0; from < PRODUCTS; from += PER_STATEMENT) await writeProducts(rows.slice(from, from + PER_STATEMENT))
  await transact(async (tx) => {
    await tx.run(sql`set local statement_timeout = '5min'`)
    await tx.run(sql`analyze product, variant, stock, search_document, search_word`)
  })
}

/** Published last: each document is written one time. */
function writeProducts(rows: readonly object[]): Promise<void> {
  return transact(async (tx) => {
    await tx.run(sql`set local statement_timeout = '5min'`)
    await tx.run(sql`
      create temporary table made on commit drop as
      select *
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
        id uuid, "sellerId" uuid, slug text, title text, description text, "categorySlug" text, condition condition,
        keywords jsonb, "priceCents" bigint, pieces int, minutes int
      )`)
    await tx.run(sql`
      insert into product (id, seller_id, slug, title, description, category_slug, condition, keywords, published_at)
      select id, "sellerId", slug, title, description, "categorySlug", condition,
             array(select jsonb_array_elements_text(keywords)), now() - minutes * interval '1 minute'
      from made`)
    await tx.run(
      sql`insert into variant (id, product_id, position, price_cents) select id, id, 0, "priceCents" from made`,
    )
    await tx.run(sql`
      insert into stock (variant_id, product_id, seller_id, on_hand, available, on_sale)
      select id, id, "sellerId", pieces, pieces, true
      from made`)
    await tx.run(sql`update product set status = 'published' where id in (select id from made)`)
  })
}

async function makeSellers(): Promise<string[]> {
  const sellers = Array.from({ length: SELLERS }, () => newId())
  const users = sellers.map(() => newId())
  await db.run(sql`
    insert into app_user (id, handle, email, name, password_hash)
    select id, id::text, id::text, 'bench', 'none' from unnest(${users}::uuid[]) as made (id)`)
  await db.run(sql`
    insert into seller (id, user_id, handle, name)
    select id, user_id, 'shop-' || place, 'Shop ' || place
    from unnest(${sellers}::uuid[], ${users}::uuid[]) with ordinality as made (id, user_id, place)`)
  return sellers
}
