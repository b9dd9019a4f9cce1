import { sql } from '#lib/db'
import type { CommissionRule, ShippingMethod, TaxRule } from '../types.ts'

/** All rules, in the operator's order. Index: commission_rule_position_key. */
export const listCommissionRules = () => sql<CommissionRule>`
  select position, category_slug as "categorySlug", seller_id as "sellerId", fee_bps as "feeBps",
         fixed_cents as "fixedCents", floor_cents as "floorCents", cap_cents as "capCents"
  from commission_rule
  order by position`

/** The tax of what is sent to countries. Index: tax_rule_country_category_slug_key. */
export const listTaxRules = (countries: readonly string[]) => sql<TaxRule>`
  select country, category_slug as "categorySlug", bps, is_included as "isIncluded"
  from tax_rule
  where country = any(${countries}::text[])`

/** How the shops of variants send. Index: stock_pkey, shipping_method_seller_id_position_key. */
export const listShippingMethods = (variantIds: readonly string[]) => sql<ShippingMethod>`
  select id, seller_id as "sellerId", position, name, countries::text[] as countries, flat_cents as "flatCents",
         per_item_cents as "perItemCents", free_over_cents as "freeOverCents"
  from shipping_method
  where seller_id in (
    select seller_id
    from stock
    where variant_id = any(${variantIds}::uuid[])
  )`

/** A commission rule with names instead of ids, as the operator reads and writes it. */
export interface NamedCommissionRule extends Omit<CommissionRule, 'position' | 'categorySlug' | 'sellerId'> {
  readonly category: string | null
  readonly seller: string | null
}

/** A tax rule of any country. */
export interface NamedTaxRule {
  readonly country: string
  readonly category: string | null
  readonly bps: number
  readonly isIncluded: boolean
}

/** All rules with the shops' handles, in the operator's order. Index: commission_rule_position_key, seller_pkey. */
export const listNamedCommissionRules = () => sql<NamedCommissionRule>`
  select rule.category_slug as category, seller.handle as seller, rule.fee_bps as "feeBps",
         rule.fixed_cents as "fixedCents", rule.floor_cents as "floorCents", rule.cap_cents as "capCents"
  from commission_rule as rule
  left join seller on seller.id = rule.seller_id
  order by rule.position`

/** All rules, by country, the rest of a country after its categories. Index: tax_rule_country_category_slug_key. */
export const listNamedTaxRules = () => sql<NamedTaxRule>`
  select country::text as country, category_slug as category, bps, is_included as "isIncluded"
  from tax_rule
  order by country, category_slug nulls last`

/** Lets those who write the list take turns until the transaction ends. Checkouts read on. */
export const lockCommissionRules = () => sql`lock table commission_rule in share row exclusive mode`

/** As for commission. */
export const lockTaxRules = () => sql`lock table tax_rule in share row exclusive mode`

/** Which of these shops and categories there are. Index: seller_handle_key, category_pkey. */
export const findNamed = (handles: readonly string[], categories: readonly string[]) => sql<{
  kind: 'seller' | 'category'
  name: string
  id: string | null
}>`
  select 'seller' as kind, handle as name, id
  from seller
  where handle = any(${handles}::text[])
  union all
  select 'category', slug, null
  from category
  where slug = any(${categories}::text[])`

export const deleteCommissionRules = () => sql`delete from commission_rule`

export const deleteTaxRules = () => sql`delete from tax_rule`

/** In their order. What a rule names has to be there: commission_rule_seller_id_fkey, commission_rule_category_slug_fkey. */
export const insertCommissionRules = (rules: readonly Omit<CommissionRule, 'position'>[]) => sql`
  insert into commission_rule (position, category_slug, seller_id, fee_bps, fixed_cents, floor_cents, cap_cents)
  select position, category_slug, seller_id, fee_bps, fixed_cents, floor_cents, cap_cents
  from unnest(
    ${rules.map(({ categorySlug }) => categorySlug)}::text[],
    ${rules.map(({ sellerId }) => sellerId)}::uuid[],
    ${rules.map(({ feeBps }) => feeBps)}::int[],
    ${rules.map(({ fixedCents }) => fixedCents)}::bigint[],
    ${rules.map(({ floorCents }) => floorCents)}::bigint[],
    ${rules.map(({ capCents }) => capCents)}::bigint[]
  ) with ordinality as rule (category_slug, seller_id, fee_bps, fixed_cents, floor_cents, cap_cents, position)`

/** One a country and category: tax_rule_country_category_slug_key. */
export const insertTaxRules = (rules: readonly NamedTaxRule[]) => sql`
  insert into tax_rule (country, category_slug, bps, is_included)
  select country, category_slug, bps, is_included
  from unnest(
    ${rules.map(({ country }) => country)}::text[],
    ${rules.map(({ category }) => category)}::text[],
    ${rules.map(({ bps }) => bps)}::int[],
    ${rules.map(({ isIncluded }) => isIncluded)}::boolean[]
  ) as rule (country, category_slug, bps, is_included)`
