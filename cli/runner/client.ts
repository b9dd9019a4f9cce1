import { setTimeout as sleep } from 'node:timers/promises'
import { answerOf, createClient, type Client } from '#lib/api/client'
import type { Person } from './people.ts'

/** Somebody in the market, who is signed in, and how to ask it as that person. */
export interface Visitor {
  readonly handle: string
  readonly market: Client
}

export interface Market {
  /** Addresses of nodes that can be asked now. */
  readonly addresses: () => readonly string[]
  /** Nothing is asked any more. */
  readonly over: AbortSignal
  /** Requests that a node left without an answer; each was repeated. */
  readonly count: { failed: number }
}

/** A node that says nothing for so long is given up for another one. */
const PATIENCE_MS = 5_000
/** How long somebody goes on asking while no node answers, or one is still at work. */
const TRIES = 60
const REST_MS = 250

/** Has a person ask the market. */
export function visit(market: Market, { handle, headers }: Person): Visitor {
  return { handle, market: createClient('http://any', headers, patientFetch(market)) }
}

/** The market's answer. Rejects where there was none. */
export async function ask<R extends Parameters<typeof answerOf>[0]>(request: Promise<R>) {
  return answerOf(await request)
}

/** What was asked for, of somebody who cannot go on without. Rejects: a refusal, in the market's words. */
export async function must<R extends Parameters<typeof answerOf>[0]>(request: Promise<R>) {
  const answer = await ask(request)
  if (answer.ok) return answer.value
  const fields = Object.entries(answer.fields).map(([field, sentence]) => ` ${field}: ${sentence}`)
  throw new Error(`${answer.code}: ${answer.message}${fields.join('')}`)
}

/**
 * Asks as browsers behind a load balancer do: a node that is up, and where none answers, another, the same again. So every
 * request has to be safe to repeat: by its nature, by its key, or because more of it does no harm. Rejects when nobody answers
 * for long, and when it is over before somebody did.
 */
export function patientFetch({ addresses, over, count }: Market): typeof fetch {
  let turn = 0
  const next = () => {
    const list = addresses()
    return list[turn++ % list.length]
  }
  return async (input, init) => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input)
    for (let tries = 1; ; tries++) {
      const origin = next()
      const answer = origin ? await fetchFrom(origin, pathname + search, init).catch(() => null) : null
      if (answer && !isUnderWay(answer)) return new Response(answer.text || null, answer)
      if (!answer) count.failed++
      if (over.aborted || tries === TRIES) {
        throw new Error(`No node answered ${init?.method ?? 'GET'} ${pathname} in ${tries} tries.`)
      }
      await sleep(REST_MS, undefined, { signal: over }).catch(() => undefined)
    }
  }
}

interface Heard {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** The whole answer: one that is cut off is none. */
async function fetchFrom(origin: string, path: string, init: RequestInit | undefined): Promise<Heard> {
  const headers = new Headers(init?.headers)
  headers.set('origin', origin)
  const response = await fetch(`${origin}${path}`, { ...init, headers, signal: AbortSignal.timeout(PATIENCE_MS) })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** The first request with this key is being worked on, or there is too much to do: the answer is to come. */
function isUnderWay({ status, text }: Heard): boolean {
  return status >= 500 || status === 429 || (status === 409 && text.includes('"code":"in-progress"'))
}
