'use client'

import { useState } from 'react'
import { toast } from '#components/ui/toaster'
import { call, createClient } from '#lib/api/client'
import { publishedWords } from './published-words.tsx'

const api = createClient()

interface Draft {
  readonly id: string
  readonly title: string
}

interface Refused {
  readonly title: string
  readonly message: string
}

/** Together longer than the minute over which the market counts. */
const WAIT_MS = 5_000
const TRIES = 14

const IDLE = { done: 0, total: 0, refused: [] as readonly Refused[], isRunning: false }

/** Publishing many products: one after the other, so that every one has its own answer. */
export function usePublishing() {
  const [state, setState] = useState(IDLE)

  /** Without ids, all drafts of the shop. */
  async function run(ids?: readonly string[]): Promise<void> {
    setState({ ...IDLE, isRunning: true })
    const drafts = await listDrafts(ids)
    const refused: Refused[] = []
    const pieces = { published: 0, queued: 0 }
    setState({ ...IDLE, isRunning: true, total: drafts.length })
    for (const [index, draft] of drafts.entries()) {
      const answer = await publish(draft.id)
      if (!answer.ok) refused.push({ title: draft.title, message: Object.values(answer.fields)[0] ?? answer.message })
      else {
        pieces.published += answer.value.published
        pieces.queued += answer.value.queued
      }
      setState({ done: index + 1, total: drafts.length, refused: [...refused], isRunning: true })
    }
    setState({ done: drafts.length, total: drafts.length, refused, isRunning: false })
    const published = drafts.length - refused.length
    const products = published === 1 ? '1 product published.' : `${published} products published.`
    if (published > 0) toast.success([products, publishedWords(pieces)].filter(Boolean).join(' '))
  }

  return { ...state, run }
}

/** A shop may publish faster than the market lets it: then it waits, and goes on. */
async function publish(id: string) {
  for (let triesLeft = TRIES; ; triesLeft--) {
    const answer = await call(api.products[':id'].publish.$post({ param: { id }, query: {} }))
    if (answer.ok || answer.code !== 'too-many-requests' || triesLeft === 0) return answer
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS))
  }
}

async function listDrafts(ids?: readonly string[]): Promise<Draft[]> {
  const drafts: Draft[] = []
  for (let cursor: string | undefined; ;) {
    const answer = await call(api.seller.products.$get({ query: { status: 'draft', ...(cursor ? { cursor } : {}) } }))
    if (!answer.ok) {
      toast.error(answer.message)
      return drafts
    }
    drafts.push(...answer.value.items.filter((item) => !ids || ids.includes(item.id)))
    if (!answer.value.nextCursor) return drafts
    cursor = answer.value.nextCursor
  }
}
