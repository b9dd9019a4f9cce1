import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Stripe from 'stripe'

/**
 * What goes wrong after Stripe did what it was asked: the connection breaks or stays silent; a 500 that a repeat with the same
 * key gets past; or one that is stored with the key, and repeated.
 */
export type Fault = 'lost' | 'silent' | '500' | 'stored-500'

type Form = Record<string, string>
type Row = Record<string, unknown> & { id: string }

interface Answer {
  readonly status: number
  readonly body: object
}

export interface FakeStripe {
  /** For `newStripe`. */
  readonly options: { secretKey: string; webhookSecret: string; host: string; port: number; protocol: 'http' }
  readonly sessions: Map<string, Row>
  readonly intents: Map<string, Row>
  readonly refunds: Map<string, Row>
  readonly transfers: Map<string, Row>
  /** How often it was asked, by method and path without ids. */
  readonly asked: string[]
  /** The next requests that change something are carried out, and then go wrong. */
  fail(...faults: Fault[]): void
  /** The next payment is answered only when this was done. */
  meanwhile(work: (sessionId: string) => Promise<void>): void
  /** What the buyer does on the hosted page. */
  pay(sessionId: string): void
  /** The bytes of an event about a session, and their signature. */
  event(type: string, sessionId: string, id: string): { body: string; signature: string }
  /** Forgets everything. */
  reset(): void
  close(): Promise<void>
}

const SECRET = 'whsec_of_the_tests'

/** A small Stripe on a port of its own: Checkout pages, refunds and transfers, with its idempotency keys. */
export async function startFakeStripe(): Promise<FakeStripe> {
  const books = newBooks()
  const faults: Fault[] = []
  const asked: string[] = []
  const works: ((sessionId: string) => Promise<void>)[] = []
  const server = createServer((request, response) => void answer(request, response))

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stripe')
    const form = Object.fromEntries(new URLSearchParams(await textOf(request)))
    asked.push(`${request.method} ${url.pathname.replace(/\/(cs|pi|re|tr)_\w+/, '/:id')}`)
    const isWrite = request.method === 'POST'
    const key = String(request.headers['idempotency-key'] ?? '')
    const done = isWrite ? books.once(key, url.pathname, form) : books.read(url)
    if ('id' in done.body && isWrite) await works.shift()?.(String(done.body.id))
    const fault = isWrite ? faults.shift() : undefined
    if (fault === 'silent') return
    if (fault === 'lost') return void request.socket.destroy()
    if (fault === 'stored-500') books.store(key, url.pathname, form, BROKEN)
    const { status, body } = fault ? BROKEN : done
    const mayRetry = fault === '500'
    response.writeHead(status, { 'content-type': 'application/json', 'stripe-should-retry': String(mayRetry) })
    response.end(JSON.stringify(body))
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    options: { secretKey: 'sk_test_x', webhookSecret: SECRET, host: '127.0.0.1', port, protocol: 'http' },
    ...books.tables,
    asked,
    fail: (...next) => void faults.push(...next),
    meanwhile: (work) => void works.push(work),
    reset: () => {
      for (const table of Object.values(books.tables)) table.clear()
      for (const list of [asked, faults, works]) list.length = 0
    },
    pay: books.pay,
    event: (type, sessionId, id) => signedEvent(type, books.tables.sessions.get(sessionId), id),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const BROKEN: Answer = { status: 500, body: { error: { type: 'api_error', message: 'Something went wrong.' } } }

function signedEvent(type: string, session: Row | undefined, id: string): { body: string; signature: string } {
  // Indented, as Stripe sends it: parsing and printing it again would be other bytes.
  const body = JSON.stringify({ id, object: 'event', type, data: { object: session ?? { id: 'xx_1' } } }, null, 2)
  return { body, signature: signStripe(body) }
}

/** The `Stripe-Signature` header of some bytes. */
export function signStripe(payload: string, options: { secret?: string; timestamp?: number } = {}): string {
  return new Stripe('sk_test_x').webhooks.generateTestHeaderString({ payload, secret: SECRET, ...options })
}

type Tables = Pick<FakeStripe, 'sessions' | 'intents' | 'refunds' | 'transfers'>

function newBooks() {
  const tables: Tables = { sessions: new Map(), intents: new Map(), refunds: new Map(), transfers: new Map() }
  const kept = new Map<string, { asked: string; answer: Answer }>()
  const count = { last: 0 }
  const add: Add = (table, prefix, row) => {
    const made = { id: `${prefix}_${++count.last}`, ...row }
    table.set(made.id, made)
    return made
  }
  const textOfRequest = (path: string, form: Form) => `${path} ${JSON.stringify(form)}`
  return {
    tables,
    store: (key: string, path: string, form: Form, answer: Answer) =>
      void kept.set(key, { asked: textOfRequest(path, form), answer }),
    once(key: string, path: string, form: Form): Answer {
      const before = kept.get(key)
      const asked = textOfRequest(path, form)
      if (before) return before.asked === asked ? before.answer : IDEMPOTENCY_ERROR
      const answer = write(tables, add, path, form)
      if (key) kept.set(key, { asked, answer })
      return answer
    },
    read: (url: URL) => read(tables, url),
    pay(sessionId: string): void {
      const session = tables.sessions.get(sessionId)
      if (session?.status !== 'open') throw new Error(`${sessionId} cannot be paid any more.`)
      const status = session.capture_method === 'manual' ? 'requires_capture' : 'succeeded'
      const intent = add(tables.intents, 'pi', { object: 'payment_intent', status, amount: session.amount_total })
      Object.assign(session, { status: 'complete', payment_status: 'paid', payment_intent: intent.id, url: null })
    },
  }
}

type Add = (table: Map<string, Row>, prefix: string, row: object) => Row

function write(tables: Tables, add: Add, path: string, form: Form): Answer {
  const [, , noun, second = '', third = '', action = ''] = path.split('/')
  if (noun === 'checkout' && !third) return ok(add(tables.sessions, 'cs_test', sessionOf(form)))
  if (noun === 'checkout') return expire(tables.sessions.get(third), action)
  if (noun === 'payment_intents') return change(tables.intents.get(second), third)
  if (noun === 'refunds') return refund(tables, add, form)
  if (noun === 'transfers') return transfer(tables, add, form)
  return refused('resource_missing', `no such address: ${path}`)
}

function refund(tables: Tables, add: Add, form: Form): Answer {
  const intent = tables.intents.get(form.payment_intent ?? '')
  if (!intent) return refused('resource_missing', 'no such intent')
  const before = [...tables.refunds.values()].filter((row) => row.payment_intent === intent.id)
  const sum = before.reduce((total, row) => total + Number(row.amount), Number(form.amount))
  if (sum > Number(intent.amount)) return refused('', 'greater than the unrefunded amount', 'amount')
  const row = { object: 'refund', payment_intent: intent.id, amount: Number(form.amount), status: 'succeeded' }
  return ok(add(tables.refunds, 're', { ...row, metadata: { souk_key: form['metadata[souk_key]'] } }))
}

function transfer(tables: Tables, add: Add, form: Form): Answer {
  const { amount, currency, destination, transfer_group } = form
  if (!destination?.startsWith('acct_')) return refused('resource_missing', 'no such destination')
  const row = { object: 'transfer', amount: Number(amount), currency, destination, transfer_group }
  return ok(add(tables.transfers, 'tr', row))
}

function read(tables: Tables, url: URL): Answer {
  const [, , noun, second = '', third = ''] = url.pathname.split('/')
  if (noun === 'refunds' || noun === 'transfers') return listOf(tables[noun], url.searchParams)
  const row = noun === 'checkout' ? tables.sessions.get(third) : tables.intents.get(second)
  if (!row) return refused('resource_missing', 'not there')
  const intent = tables.intents.get(String(row.payment_intent))
  return ok(intent ? { ...row, payment_intent: intent } : row)
}

function sessionOf(form: Form) {
  return {
    object: 'checkout.session',
    status: 'open',
    payment_status: 'unpaid',
    url: `https://checkout.stripe.test/pay/${form.client_reference_id}`,
    amount_total: Number(form['line_items[0][price_data][unit_amount]']),
    currency: form['line_items[0][price_data][currency]'],
    client_reference_id: form.client_reference_id,
    capture_method: form['payment_intent_data[capture_method]'],
    success_url: form.success_url,
    payment_intent: null,
  }
}

function expire(session: Row | undefined, action: string): Answer {
  if (!session || action !== 'expire') return refused('resource_missing', 'no such session')
  if (session.status !== 'open') return refused('', 'only open sessions can be expired')
  return ok(Object.assign(session, { status: 'expired', url: null }))
}

function change(intent: Row | undefined, action: string): Answer {
  if (intent?.status !== 'requires_capture') return refused('payment_intent_unexpected_state', 'not to be captured')
  return ok(Object.assign(intent, { status: action === 'capture' ? 'succeeded' : 'canceled' }))
}

function listOf(table: Map<string, Row>, query: URLSearchParams): Answer {
  const wanted = [...query].filter(([name]) => name === 'payment_intent' || name === 'transfer_group')
  const data = [...table.values()].filter((row) => wanted.every(([name, value]) => row[name] === value))
  return ok({ object: 'list', url: '/', has_more: false, data })
}

const IDEMPOTENCY_ERROR: Answer = {
  status: 400,
  body: {
    error: { type: 'idempotency_error', message: 'Keys for idempotent requests can only be used with the same.' },
  },
}

// A copy: what is changed later does not reach an answer that is repeated.
const ok = (body: object): Answer => ({ status: 200, body: structuredClone(body) })

function refused(code: string, message: string, param?: string): Answer {
  return { status: 400, body: { error: { type: 'invalid_request_error', code, message, param } } }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}
