import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { answerOf, createClient, type Answer, type Client } from '#lib/api/client'
import type { Function, Tally } from './functions.ts'

/** Somebody who calls one function after the other. */
export interface Caller {
  /** As whom the calls are made from now on; null: as a stranger. */
  as(token: string | null): void
  readonly api: Client
  /**
   * Calls a function and writes down how long its answer took, with the waits that a busy market asked for. Resolves to the
   * value; null for a refusal that happens when others were faster, and for an error, which is counted.
   */
  call<R extends Parameters<typeof answerOf>[0]>(
    name: Function,
    ask: () => Promise<R>,
  ): Promise<Extract<Awaited<ReturnType<typeof answerOf<R>>>, { ok: true }>['value'] | null>
  /** Whether the run is over: no time, or no calls left. */
  isDone(): boolean
}

/** What happens in a market where others want the same. */
const FASTER = new Set([
  'sold-out',
  'not-enough',
  'not-on-sale',
  'over-cap',
  'cooling-down',
  'nothing-held',
  'below-held',
  'total-changed',
])

export function newCaller(
  url: string,
  { tally, calls, end, address }: { tally: Tally; calls: number; end: number; address: string },
): Caller {
  let token: string | null = null
  let left = calls
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const api = createClient(url, {}, (input, init) => {
    const headers = { ...Object.fromEntries(new Headers(init?.headers)), 'x-forwarded-for': address }
    return exchange(
      agent,
      input instanceof Request ? input.url : input,
      init,
      token ? { ...headers, authorization: `Bearer ${token}` } : headers,
    )
  })

  async function answered<R extends Parameters<typeof answerOf>[0]>(ask: () => Promise<R>) {
    for (;;) {
      const response = await ask()
      if (response.status !== 503) return answerOf(response)
      await sleep(1_000 * Number(response.headers.get('retry-after') ?? 1))
    }
  }

  return {
    as: (next) => void (token = next),
    api,
    isDone: () => left <= 0 || performance.now() > end,
    call: async (name, ask) => {
      left--
      const begun = performance.now()
      const answer = (await answered(ask).catch(broken)) as Answer<never>
      tally.times.get(name)?.push(performance.now() - begun)
      if (answer.ok) return answer.value
      if (FASTER.has(answer.code)) tally.refused++
      else {
        tally.errors++
        if (tally.complaints.size < 10) tally.complaints.add(`${name}: ${answer.status} ${answer.code}`)
      }
      return null
    },
  }
}

function broken(error: unknown): Answer<never> {
  const message = error instanceof Error ? error.message : 'no answer'
  return { ok: false, status: 0, code: message, message, detail: {}, fields: {} }
}

/** A request on a kept connection; a fetch of Node's own would take as much of the machine as its answer. */
function exchange(
  agent: Agent,
  url: string | URL,
  init: RequestInit | undefined,
  headers: Record<string, string>,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const body = typeof init?.body === 'string' ? init.body : ''
    const sent = request(
      url,
      { agent, method: init?.method ?? 'GET', headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      (heard) => {
        const chunks: Buffer[] = []
        heard.on('data', (chunk: Buffer) => chunks.push(chunk))
        heard.on('error', reject)
        heard.on('end', () => {
          const retryAfter = heard.headers['retry-after']
          const text = Buffer.concat(chunks).toString()
          resolve(
            new Response(text || null, {
              status: heard.statusCode ?? 0,
              headers: retryAfter ? { 'retry-after': retryAfter } : {},
            }),
          )
        })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}
