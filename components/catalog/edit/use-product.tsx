'use client'

import { useState } from 'react'
import { call, createClient, type Answer } from '#lib/api/client'
import type { OwnProductView } from '#lib/catalog/schema'
import { draftOf, type ProductDraft } from './draft.tsx'
import { detailsOf, newVariantsOf, picturesOf, sentencesFor, variantsOf } from './product-request.tsx'

const api = createClient()

type Work = 'save' | 'publish' | 'archive'

/** The product as it is after the work, and where it went on sale how many of its pieces did. */
export type WorkedOn = OwnProductView & { readonly published?: number; readonly queued?: number }

/** A product being written: what is typed, what is wrong with it, and what can be done with it. */
export function useProduct(saved: OwnProductView | null, empty: ProductDraft) {
  const [product, setProduct] = useState(saved)
  const [draft, setDraft] = useState(() => (saved ? draftOf(saved) : empty))
  const [isChanged, setChanged] = useState(false)
  const [busy, setBusy] = useState<Work | null>(null)
  const [fields, setFields] = useState<Record<string, string>>({})
  const [refusal, setRefusal] = useState<string | null>(null)

  function change(part: Partial<ProductDraft> | ((draft: ProductDraft) => Partial<ProductDraft>)) {
    setChanged(true)
    setDraft((before) => ({ ...before, ...(typeof part === 'function' ? part(before) : part) }))
  }

  /** Saves what is typed, and publishes it; or archives, which leaves what is typed alone. Resolves to the product, null when refused. */
  async function run(work: Work): Promise<WorkedOn | null> {
    setBusy(work)
    const answer = product && work === 'archive' ? await changeStatus(product, work) : await store(work === 'publish')
    if (answer.ok) setProduct(answer.value)
    setFields(answer.ok ? {} : sentencesFor(answer.fields, draft))
    setRefusal(answer.ok ? null : answer.message)
    setBusy(null)
    return answer.ok ? answer.value : null
  }

  async function store(andPublish: boolean): Promise<Answer<WorkedOn>> {
    const stored = await (product ? update(product.id, draft) : create(draft))
    if (!stored.ok) return stored
    setProduct(stored.value)
    setDraft(draftOf(stored.value))
    setChanged(false)
    return andPublish ? changeStatus(stored.value, 'publish') : stored
  }

  return { product, draft, change, isChanged, busy, fields, refusal, run }
}

function create(draft: ProductDraft): Promise<Answer<OwnProductView>> {
  return call(api.products.$post({ json: { ...detailsOf(draft), ...newVariantsOf(draft), ...picturesOf(draft) } }))
}

/** Three requests, as the API has three; all refusals together, so that every field says at once what is wrong with it. */
async function update(id: string, draft: ProductDraft): Promise<Answer<OwnProductView>> {
  const param = { id }
  const answers = [
    await call(api.products[':id'].$patch({ param, json: detailsOf(draft) })),
    await call(api.products[':id'].variants.$put({ param, json: variantsOf(draft) })),
    await call(api.products[':id'].pictures.$put({ param, json: picturesOf(draft) })),
  ]
  const [first, ...others] = answers.filter((answer) => !answer.ok)
  const last = answers.at(-1)
  if (!first) return last as Answer<OwnProductView>
  return others.reduce((all, answer) => ({ ...all, fields: { ...all.fields, ...answer.fields } }), first)
}

function changeStatus({ id }: OwnProductView, work: 'publish' | 'archive'): Promise<Answer<WorkedOn>> {
  const route = api.products[':id']
  const request = { param: { id }, query: {} }
  return work === 'publish' ? call(route.publish.$post(request)) : call(route.archive.$post(request))
}
