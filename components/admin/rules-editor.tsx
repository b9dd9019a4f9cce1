'use client'

import { Percent, Scale } from 'lucide-react'
import { nanoid } from 'nanoid'
import { call, createClient } from '#lib/api/client'
import { hiddenBy } from '#lib/orders/rules/terms'
import type { CommissionRulesView, TaxRulesView } from '#lib/orders/schema/terms'
import { CommissionRow, type Category } from './commission-row.tsx'
import * as draft from './rule-draft.tsx'
import { RuleExample } from './rule-example.tsx'
import { RulesForm } from './rules-form.tsx'
import { TaxRow, type Country } from './tax-row.tsx'
import { useRules } from './use-rules.tsx'

const api = createClient()
const MOST_COMMISSIONS = 200
const MOST_TAXES = 1_000

interface RulesEditorProps {
  commissions: CommissionRulesView
  taxes: TaxRulesView
  categories: readonly Category[]
  countries: readonly Country[]
}

/** What the market keeps, what tax there is, and what both come to, while they are being written. */
export function RulesEditor({ commissions, taxes, categories, countries }: RulesEditorProps) {
  const kept = useRules({
    initial: commissions,
    draftOf: draft.commissionDraftOf,
    faultsOf: draft.commissionFaultsOf,
    rulesOf: draft.commissionRulesOf,
    get: () => call(api.admin['commission-rules'].$get()),
    put: (json) => call(api.admin['commission-rules'].$put({ json })),
  })
  const taxed = useRules({
    initial: taxes,
    draftOf: draft.taxDraftOf,
    faultsOf: draft.taxFaultsOf,
    rulesOf: draft.taxRulesOf,
    get: () => call(api.admin['tax-rules'].$get()),
    put: (json) => call(api.admin['tax-rules'].$put({ json })),
  })
  const scopes = draft.commissionRulesOf(kept.drafts)
  return (
    <div className="grid gap-6 *:min-w-0">
      <RuleExample
        commissions={kept.drafts}
        taxes={taxed.drafts}
        isReadable={kept.isReadable && taxed.isReadable}
        categories={categories}
        countries={countries}
      />
      <RulesForm
        title="Commission"
        hint="What the market keeps of goods, without the tax in them. The first rule that fits is the one; where none does, the market keeps nothing."
        rules={kept}
        most={MOST_COMMISSIONS}
        empty={{ icon: Percent, title: 'The market keeps nothing', text: 'Sellers get all of what they sell.' }}
        newDraft={newCommission}
        row={(each, index) => (
          <CommissionRow
            draft={each}
            index={index}
            categories={categories}
            fields={kept.fields}
            hiddenBy={hiddenBy(scopes, index)}
            onChange={(changed) => kept.change(kept.drafts.with(index, changed))}
            onRemove={() => kept.change(kept.drafts.toSpliced(index, 1))}
            onRaise={
              index === 0 ? null : () => kept.change(kept.drafts.toSpliced(index, 1).toSpliced(index - 1, 0, each))
            }
          />
        )}
      />
      <RulesForm
        title="Tax"
        hint="By where it is sent. A category’s own rule goes before the rest of its country, whatever their order; no rule, no tax."
        rules={taxed}
        most={MOST_TAXES}
        empty={{ icon: Scale, title: 'No tax', text: 'Prices are what buyers pay, and all of it is the sellers’.' }}
        newDraft={newTax}
        row={(each, index) => (
          <TaxRow
            draft={each}
            index={index}
            categories={categories}
            countries={countries}
            fields={taxed.fields}
            onChange={(changed) => taxed.change(taxed.drafts.with(index, changed))}
            onRemove={() => taxed.change(taxed.drafts.toSpliced(index, 1))}
          />
        )}
      />
    </div>
  )
}

function newCommission(): draft.CommissionDraft {
  return { key: nanoid(), scope: 'all', category: '', seller: '', fee: '', fixed: '', floor: '', cap: '' }
}

function newTax(): draft.TaxDraft {
  return { key: nanoid(), country: '', category: '', rate: '', isIncluded: true }
}
