import { transaction, type Tx } from '#lib/db'
import { ok, refuse, type Result } from '#lib/result'
import { checkRevision, type Expected } from '#lib/revision'
import type { OrderCode } from '../errors.ts'
import { getCommissionRules, getTaxRules } from '../queries/terms.ts'
import type { CommissionRulesInput, CommissionRulesView, TaxRulesInput, TaxRulesView } from '../schema/terms.ts'
import * as statements from '../sql/terms.ts'

type TermsCode = OrderCode | 'changed-meanwhile'

/**
 * Makes this list what the market keeps of sales from now on. What is ordered already keeps what was agreed on.
 * Concurrency: under the table's lock, so of several at once one list stands whole; checkouts do not wait for it.
 * Refuses: changed-meanwhile when revisions are expected and it is none of them; rules-changed when it is not the version it names that is replaced; unknown-names, by the path of each rule that
 * names a shop or a category that there is not.
 */
export function setCommissionRules(
  input: CommissionRulesInput,
  expected?: Expected,
): Promise<Result<CommissionRulesView, TermsCode>> {
  return transaction<CommissionRulesView, TermsCode>(async (tx) => {
    await tx.run(statements.lockCommissionRules())
    const before = await getCommissionRules(tx)
    const same = checkRevision(before.version, expected)
    if (!same.ok) return same
    if (before.version !== input.version) return refuse('rules-changed')
    const named = await resolve(tx, input.rules)
    if (!named.ok) return named
    const rules = input.rules.map(({ category, seller, feeBps, fixedCents, floorCents, capCents }) => ({
      categorySlug: category,
      sellerId: seller === null ? null : named.value(seller),
      feeBps,
      fixedCents: BigInt(fixedCents),
      floorCents: floorCents === null ? null : BigInt(floorCents),
      capCents: capCents === null ? null : BigInt(capCents),
    }))
    await tx.run(statements.deleteCommissionRules())
    await tx.run(statements.insertCommissionRules(rules))
    return ok(await getCommissionRules(tx))
  })
}

/**
 * Makes this list the tax of what is sold from now on. Orders keep theirs.
 * Concurrency and refusals: as `setCommissionRules`.
 */
export function setTaxRules(input: TaxRulesInput, expected?: Expected): Promise<Result<TaxRulesView, TermsCode>> {
  return transaction<TaxRulesView, TermsCode>(async (tx) => {
    await tx.run(statements.lockTaxRules())
    const before = await getTaxRules(tx)
    const same = checkRevision(before.version, expected)
    if (!same.ok) return same
    if (before.version !== input.version) return refuse('rules-changed')
    const named = await resolve(tx, input.rules)
    if (!named.ok) return named
    await tx.run(statements.deleteTaxRules())
    await tx.run(statements.insertTaxRules(input.rules))
    return ok(await getTaxRules(tx))
  })
}

/** The ids of shops by handle, when all that is named is there. A shop that is not must never become "every shop". */
async function resolve(
  tx: Tx,
  rules: readonly { readonly category: string | null; readonly seller?: string | null }[],
): Promise<Result<(handle: string) => string, OrderCode>> {
  const handles = rules.flatMap(({ seller }) => seller ?? [])
  const categories = rules.flatMap(({ category }) => category ?? [])
  const found = await tx.run(statements.findNamed(handles, categories))
  const known = new Map(found.map(({ kind, name, id }) => [`${kind} ${name}`, id]))
  const faults = rules.flatMap(({ category, seller = null }, index) => [
    ...(seller !== null && !known.has(`seller ${seller}`) ? [[`rules.${index}.seller`, seller] as const] : []),
    ...(category !== null && !known.has(`category ${category}`)
      ? [[`rules.${index}.category`, category] as const]
      : []),
  ])
  if (faults.length > 0) return refuse('unknown-names', Object.fromEntries(faults))
  return ok((handle) => {
    const id = known.get(`seller ${handle}`)
    if (!id) throw new Error(`No shop ${handle}.`)
    return id
  })
}
