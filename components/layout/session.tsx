'use client'

import { useSyncExternalStore } from 'react'
import { call, createClient } from '#lib/api/client'
import type { SessionView } from '#lib/auth/schema'
import { askAgain } from './ask-again.ts'

export type SessionState = { readonly status: 'loading' } | ({ readonly status: 'ready' } & SessionView)

const LOADING: SessionState = { status: 'loading' }
const ANONYMOUS: SessionState = { status: 'ready', user: null, cartCount: 0 }

const api = createClient()
const listeners = new Set<() => void>()
let state: SessionState = LOADING
let asked = false

/** Who is looking, asked once per tab. `loading` on the server and until the answer is here. */
export function useSession(): SessionState {
  return useSyncExternalStore(subscribe, readState, readNothing)
}

/** Asks again: after sign-in, sign-out, or becoming a seller. */
export async function refreshSession(): Promise<void> {
  asked = true
  const answer = await call(api.session.$get())
  // A visitor who cannot be recognised just now is a visitor until then.
  askAgain(answer, refreshSession)
  state = answer.ok ? { status: 'ready', ...answer.value } : state.status === 'ready' ? state : ANONYMOUS
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (!asked) void refreshSession()
  return () => listeners.delete(listener)
}

const readState = () => state
const readNothing = () => LOADING
