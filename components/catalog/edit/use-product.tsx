'use client'

import { useRef, useState } from 'react'
import { call, createClient, ifMatch, newerRevision, type Answer } from '#lib/api/client'
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
  /** What was to be done when it turned out that somebody else had saved first. */
  const [clash, setClash] = useState<Work | null>(null)
  /** The revision that what is typed was made of. */
  const seen = useRef(saved?.revision ?? 0)

  function change(part: Partial<ProductDraft> | ((draft: ProductDraft) => Partial<ProductDraft>)) {
    setChanged(true)
    setDraft((before) => ({ ...before, ...(typeof part === 'function' ? part(before) : part) }))
  }

  /** Saves what is typed, and publishes it; or archives, which leaves what is typed alone. Resolves to the product, null when refused. */
  async function run(work: Work): Promise<WorkedOn | null> {
    setBusy(work)
    const answer =
      product && work === 'archive' ? await changeStatus(product, work, seen) : await store(work === 'publish')
    const newer = newerRevision(answer)
    if (answer.ok) setProduct(answer.value)
    // Doing it again is then an edit of what is there now, which one was told to look at.
    if (newer !== null) seen.current = newer
    setClash(newer === null ? null : work)
    setFields(answer.ok ? {} : sentencesFor(answer.fields, draft))
    setRefusal(answer.ok || newer !== null ? null : answer.message)
    setBusy(null)
    return answer.ok ? answer.value : null
  }

  async function store(andPublish: boolean): Promise<Answer<WorkedOn>> {
    const stored = await (product ? update(product.id, draft, seen) : create(draft))
    if (!stored.ok) return stored
    seen.current = stored.value.revision
    setProduct(stored.value)
    setDraft(draftOf(stored.value))
    setChanged(false)
    return andPublish ? changeStatus(stored.value, 'publish', seen) : stored
  }

  return { product, draft, change, isChanged, busy, fields, refusal, clash, run }
}

function create(draft: ProductDraft): Promise<Answer<OwnProductView>> {
  return call(api.products.$post({ json: { ...detailsOf(draft), ...newVariantsOf(draft), ...picturesOf(draft) } }))
}

/** The revision that the next request is an edit of. */
interface Seen {
  current: number
}

/**
 * Three requests, as the API has three, each an edit of what the one before left; all refusals together, so that every field says
 * at once what is wrong with it. Where somebody else saved first, the first of them says so and the others are not sent.
 */
async function update(id: string, draft: ProductDraft, seen: Seen): Promise<Answer<OwnProductView>> {
  const param = { id }
  const steps = [
    () => api.products[':id'].$patch({ param, json: detailsOf(draft) }, ifMatch(seen.current)),
    () => api.products[':id'].variants.$put({ param, json: variantsOf(draft) }, ifMatch(seen.current)),
    () => api.products[':id'].pictures.$put({ param, json: picturesOf(draft) }, ifMatch(seen.current)),
  ]
  const answers: Answer<OwnProductView>[] = []
  for (const step of steps) {
    const answer = await call(step())
    if (newerRevision(answer) !== null) return answer
    if (answer.ok) seen.current = answer.value.revision
    answers.push(answer)
  }
  const [first, ...others] = answers.filter((answer) => !answer.ok)
  if (!first) return answers.at(-1) as Answer<OwnProductView>
  return others.reduce((all, answer) => ({ ...all, fields: { ...all.fields, ...answer.fields } }), first)
}

async function changeStatus(
  { id }: OwnProductView,
  work: 'publish' | 'archive',
  seen: Seen,
): Promise<Answer<WorkedOn>> {
  const route = api.products[':id']
  const [request, guard] = [{ param: { id }, query: {} }, ifMatch(seen.current)]
  const answer: Answer<WorkedOn> = await (work === 'publish'
    ? call(route.publish.$post(request, guard))
    : call(route.archive.$post(request, guard)))
  if (answer.ok) seen.current = answer.value.revision
  return answer
}
