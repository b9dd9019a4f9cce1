import { hc, type ClientResponse } from 'hono/client'
import type { ApiRoutes } from './app.ts'
import type { ProblemView } from './problem.ts'

/** How often a market that is too busy is asked the same, the first time included. */
const TRIES = 3

/**
 * The typed client of `/api/v1`: the site, the command line and the tests all speak through it. What a market was too busy to
 * begin, and what is safe to repeat, is asked for again when the market says, before the caller is told.
 */
export function createClient(origin = '', headers: Record<string, string> = {}, send: typeof fetch = sendPatiently) {
  return hc<ApiRoutes>(`${origin}/api/v1`, { headers, fetch: send })
}

const sendPatiently: typeof fetch = async (input, init) => {
  for (let tries = 1; ; tries++) {
    const answer = await fetch(input, init)
    if (answer.status !== 503 || tries === TRIES || !isRepeatable(init)) return answer
    await answer.body?.cancel()
    const seconds = Number(answer.headers.get('retry-after') ?? 1)
    // Not all at the same moment: there may be many who were sent away.
    await new Promise((resolve) => setTimeout(resolve, 1_000 * seconds * (0.5 + Math.random())))
  }
}

/** By its nature, or by its key. */
function isRepeatable({ method = 'GET', headers }: RequestInit = {}): boolean {
  return ['GET', 'PUT', 'DELETE'].includes(method) || new Headers(headers).has('idempotency-key')
}

export type Client = ReturnType<typeof createClient>

/** For an edit: it is refused with `changed-meanwhile` where this revision is no longer what there is. */
export function ifMatch(revision: number): { headers: { 'If-Match': string } } {
  return { headers: { 'If-Match': `"${revision}"` } }
}

/** The revision that is there now, where an edit was refused because of it; else null. */
export function newerRevision(answer: Answer<unknown>): number | null {
  if (answer.ok || answer.code !== 'changed-meanwhile') return null
  return Number(answer.detail.revision)
}

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false
      readonly status: number
      readonly code: string
      /** A sentence for people. */
      readonly message: string
      /** Numbers and names a person needs to go on. */
      readonly detail: Record<string, string | number | boolean | null>
      /** A sentence per form field, by its path. */
      readonly fields: Record<string, string>
    }

type Success<R> =
  R extends ClientResponse<infer Body, infer Status, string>
    ? Status extends 200 | 201 | 202 | 204
      ? Body
      : never
    : never

/**
 * Waits for a call of the client and sorts its answer: the value, or the refusal with its code and sentences.
 * A request that never arrived is the refusal `offline`; nothing is thrown.
 */
export async function call<R extends ClientResponse<unknown, number, string>>(
  request: Promise<R>,
): Promise<Answer<Success<R>>> {
  try {
    return await answerOf(await request)
  } catch {
    return refusalOf(0, {
      code: 'offline',
      title: 'The market could not be reached. Check the connection and try again.',
    })
  }
}

/** Sorts an answer that arrived. Rejects when it is cut off on its way, or is not one of ours. */
export async function answerOf<R extends ClientResponse<unknown, number, string>>(
  response: R,
): Promise<Answer<Success<R>>> {
  if (response.status === 204) return { ok: true, value: undefined as Success<R> }
  const body: unknown = await response.json()
  if (response.ok) return { ok: true, value: body as Success<R> }
  return refusalOf(response.status, body as Partial<ProblemView>)
}

function refusalOf(status: number, problem: Partial<ProblemView>): Answer<never> {
  return {
    ok: false,
    status,
    code: problem.code ?? 'unexpected',
    message: problem.title ?? 'Something went wrong on our side. Nothing was changed; please try again.',
    detail: problem.detail ?? {},
    fields: problem.fields ?? {},
  }
}
