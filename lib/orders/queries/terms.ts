import { createHash } from 'node:crypto'
import { db, type Db } from '#lib/db'
import type { CommissionRulesView, TaxRulesView } from '../schema/terms.ts'
import { listNamedCommissionRules, listNamedTaxRules } from '../sql/terms.ts'

/** What the market keeps of sales, as the operator wrote it, and the version of that list. */
export async function getCommissionRules(on: Db = db): Promise<CommissionRulesView> {
  const rows = await on.run(listNamedCommissionRules())
  const rules = rows.map(({ category, seller, feeBps, fixedCents, floorCents, capCents }) => ({
    ...{ category, seller, feeBps },
    fixedCents: fixedCents.toString(),
    floorCents: floorCents?.toString() ?? null,
    capCents: capCents?.toString() ?? null,
  }))
  return { version: versionOf(rules), rules }
}

/** The tax of what is sent where, and the version of that list. */
export async function getTaxRules(on: Db = db): Promise<TaxRulesView> {
  const rows = await on.run(listNamedTaxRules())
  const rules = rows.map(({ country, category, bps, isIncluded }) => ({ country, category, bps, isIncluded }))
  return { version: versionOf(rules), rules }
}

/** Names what a list says: two that say the same have the same version, whoever wrote them. */
function versionOf(rules: readonly object[]): string {
  return createHash('sha256').update(JSON.stringify(rules)).digest('base64url')
}
