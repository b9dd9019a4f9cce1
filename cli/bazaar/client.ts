import { setTimeout as sleep } from 'node:timers/promises'
import type { Peer, Peers } from './peers.ts'
import type { Person } from './people.ts'

/** What was asked of the market, as somebody who is signed in. */
export interface Ask {
  readonly method?: 'GET' | 'PUT' | 'POST' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  /** Makes a repeat the same request. */
  readonly key?: string
}

export interface Answer {
  readonly status: number
  readonly json: unknown
}

export type Send = (person: Person, ask: Ask) => Promise<Answer>

/** A node that says nothing for so long is given up for another one. */
const PATIENCE_MS = 5_000
/** How long somebody goes on asking while no node answers, or one is still at work. */
const TRIES = 60
const REST_MS = 250

/**
 * Asks the market as browsers behind a load balancer do: a node that is up, and where none answers, another, the same again.
 * So every request has to be safe to repeat: by its nature, by its key, or because more of it does no harm. Rejects when nobody
 * answers for long, and when it is over before somebody did.
 */
export function sendTo(peers: Peers, { over, count }: { over: AbortSignal; count: { failed: number } }): Send {
  let turn = 0
  const next = (): Peer | undefined => {
    const up = peers.list().filter((peer) => peer.isUp())
    return up[turn++ % up.length]
  }
  return async (person, ask) => {
    for (let tries = 1; ; tries++) {
      const peer = next()
      const answer = peer ? await fetchFrom(peer.url, person, ask).catch(() => null) : null
      if (answer && !isUnderWay(answer)) return answer
      if (!answer) count.failed++
      if (over.aborted || tries === TRIES) {
        throw new Error(`No node answered ${ask.method ?? 'GET'} ${ask.path} in ${tries} tries.`)
      }
      await sleep(REST_MS, undefined, { signal: over }).catch(() => undefined)
    }
  }
}

/** The first request with this key is being worked on, or there is too much to do: the answer is to come. */
function isUnderWay({ status, json }: Answer): boolean {
  return status >= 500 || status === 429 || (status === 409 && (json as { code?: string }).code === 'in-progress')
}

async function fetchFrom(url: string, { cookie }: Person, { method = 'GET', path, body, key }: Ask): Promise<Answer> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      cookie,
      origin: url,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key ? { 'idempotency-key': key } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  const text = await response.text()
  return { status: response.status, json: text === '' ? null : (JSON.parse(text) as unknown) }
}
