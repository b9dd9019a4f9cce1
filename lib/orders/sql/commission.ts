import { sql } from '#lib/db'
import type { CommissionRule } from '../types.ts'

/** All rules, in the operator's order. Index: commission_rule_position_key. */
export const listCommissionRules = () => sql<CommissionRule>`
  select position, category_slug as "categorySlug", seller_id as "sellerId", fee_bps as "feeBps",
         fixed_cents as "fixedCents", floor_cents as "floorCents", cap_cents as "capCents"
  from commission_rule
  order by position`
