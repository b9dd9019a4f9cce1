'use client'

import { nanoid } from 'nanoid'
import { useState } from 'react'
import { toast } from '#components/ui/toaster'
import type { Answer } from '#lib/api/client'
import type { Faults } from './rule-draft.tsx'

/** A list that is replaced whole: the rules, and the version that a new list has to name. */
interface RuleList<Rule> {
  readonly version: string
  readonly rules: readonly Rule[]
}

/** How a kind of rule is written down, sent and asked for. */
interface Kind<Rule, Draft> {
  readonly initial: RuleList<Rule>
  readonly draftOf: (rule: Rule, key: string) => Draft
  readonly faultsOf: (drafts: readonly Draft[]) => Faults
  readonly rulesOf: (drafts: readonly Draft[]) => readonly Rule[]
  readonly get: () => Promise<Answer<RuleList<Rule>>>
  readonly put: (list: { version: string; rules: Rule[] }) => Promise<Answer<RuleList<Rule>>>
}

/**
 * A list of rules that is being written.
 * Guarantees: what is written stays on every refusal, also when somebody else saved another list meanwhile: then it is replaced
 * by theirs only when that is asked for.
 */
export function useRules<Rule, Draft extends { readonly key: string }>(kind: Kind<Rule, Draft>) {
  const [saved, setSaved] = useState(kind.initial)
  const [drafts, setDrafts] = useState<readonly Draft[]>(() => draftsOf(kind.initial))
  const [fields, setFields] = useState<Faults>({})
  const [refusal, setRefusal] = useState<{ readonly code: string; readonly sentence: string } | null>(null)
  const [isBusy, setBusy] = useState(false)

  function draftsOf({ rules }: RuleList<Rule>): readonly Draft[] {
    return rules.map((rule) => kind.draftOf(rule, nanoid()))
  }

  function change(next: readonly Draft[]) {
    // What is wrong is said by place in the list: in another order it would stand beside another field.
    if (keysOf(next) !== keysOf(drafts)) setFields({})
    setDrafts(next)
  }

  function take(list: RuleList<Rule>) {
    setSaved(list)
    setDrafts(draftsOf(list))
    setFields({})
    setRefusal(null)
  }

  function refuse({ code, message, fields: faults }: Answer<never> & { ok: false }) {
    setFields(faults)
    const isAtFields = Object.keys(faults).some((path) => path !== 'rules')
    setRefusal(isAtFields ? null : { code, sentence: faults.rules ?? message })
  }

  async function ask(request: () => Promise<Answer<RuleList<Rule>>>): Promise<boolean> {
    if (isBusy) return false
    setBusy(true)
    const answer = await request()
    setBusy(false)
    if (answer.ok) take(answer.value)
    else refuse(answer)
    return answer.ok
  }

  async function save() {
    const faults = kind.faultsOf(drafts)
    setFields(faults)
    setRefusal(null)
    if (Object.keys(faults).length > 0) return
    const list = { version: saved.version, rules: [...kind.rulesOf(drafts)] }
    if (await ask(() => kind.put(list))) toast.success('Saved. New checkouts go by it.')
  }

  return {
    drafts,
    fields,
    refusal,
    isBusy,
    isReadable: Object.keys(kind.faultsOf(drafts)).length === 0,
    isChanged: JSON.stringify(kind.rulesOf(drafts)) !== JSON.stringify(saved.rules),
    change,
    save,
    reload: () => ask(kind.get),
  }
}

export type Rules<Draft> = Omit<ReturnType<typeof useRules<unknown, { readonly key: string }>>, 'drafts' | 'change'> & {
  readonly drafts: readonly Draft[]
  readonly change: (next: readonly Draft[]) => void
}

function keysOf(drafts: readonly { readonly key: string }[]): string {
  return drafts.map(({ key }) => key).join(' ')
}
