import { call, createClient, type Answer } from '#lib/api/client'
import type { ClientResponse } from 'hono/client'
import type { ProductListView } from '#lib/catalog/schema'
import { readToken } from './market/credentials.ts'
import { notBegun, refused, type Failure } from './terminal/failure.ts'

/** A market as somebody asks it over HTTP. */
export interface Market {
  /** As browsers know it: https://souk.example */
  readonly origin: string
  readonly api: ReturnType<typeof createClient>
  /** Of whoever is signed in. */
  readonly token: string | null
}

interface Where {
  readonly url?: string | undefined
  readonly token?: string | undefined
}

/** The market that was named, else that of SOUK_URL, else the one on this machine; as whoever is signed in there. */
export async function openMarket({ url, token }: Where): Promise<Market> {
  const origin = originOf(url)
  return marketAs(origin, token ?? (process.env.SOUK_TOKEN || (await readToken(origin))))
}

/** The market as the owner of the token, or as nobody. */
export function marketAs(origin: string, token: string | null): Market {
  // Who is not signed in is a visitor, and a visitor's write has to come from the market's own address.
  return { origin, token, api: createClient(origin, token ? { authorization: `Bearer ${token}` } : { origin }) }
}

/** The same, of somebody who is signed in. Refuses: nobody, with the way to sign in. */
export async function openMarketAsMember(where: Where): Promise<Market> {
  const market = await openMarket(where)
  if (!market.token) {
    throw notBegun('sign-in-required', `Nobody is signed in to ${market.origin}.`, `Sign in: ${loginLine(market)}`)
  }
  return market
}

/** The answer of the market. A refusal ends the command, with the market's own sentence. */
export async function must<R extends ClientResponse<unknown, number, string>>(market: Market, request: Promise<R>) {
  const answer = await call(request)
  if (!answer.ok) throw failureOf(market, answer)
  return answer.value
}

/** A refusal of the market as the end of a command. */
export function failureOf(market: Market, answer: Extract<Answer<unknown>, { ok: false }>): Failure {
  const { code, message, detail, fields } = answer
  if (code === 'offline') return notBegun(code, `${market.origin} cannot be reached.`, 'Say where it is with --url.')
  if (code === 'sign-in-required' || code === 'unknown-token') {
    const sentence = `${market.origin} does not know who this is: the token is revoked, or over.`
    return notBegun(code, sentence, `Sign in again: ${loginLine(market)}`)
  }
  return refused({ code, message: `${message}${stockWords(detail)}`, detail, fields })
}

/** How many are left of what was refused, and whether more may come back. Empty when that is not what it was about. */
export function stockWords(detail: Readonly<Record<string, unknown>>): string {
  const { available, inCarts, waiting, retryAfterSeconds } = detail
  const words = []
  if (typeof available === 'number') words.push(available === 0 ? 'None is left.' : `${available} left.`)
  if (typeof inCarts === 'number' && inCarts > 0) {
    words.push(`${inCarts} ${inCarts === 1 ? 'is in another cart' : 'are in other carts'} and may come back.`)
  }
  if (typeof inCarts === 'number' && inCarts === 0 && available === 0)
    words.push('No cart holds one that could come back.')
  if (typeof waiting === 'number' && waiting > 0) words.push(`${waiting} wait for one already.`)
  if (typeof retryAfterSeconds === 'number') words.push(`Try again in ${retryAfterSeconds} s.`)
  return words.length > 0 ? ` ${words.join(' ')}` : ''
}

interface Wish {
  readonly words?: string | undefined
  readonly category?: string | undefined
  readonly seller?: string | undefined
  readonly cursor?: string | undefined
  readonly limit?: number
}

/** A page of what is on sale and answers to the words, all of them; what other words would find is not among it. */
export async function findProducts(market: Market, wish: Wish): Promise<ProductListView> {
  const { words, category, seller, cursor, limit = 50 } = wish
  const query = {
    ...(words && { q: words.slice(0, 200) }),
    ...(category && { category }),
    ...(seller && { seller }),
    ...(cursor && { cursor }),
    limit: String(limit),
  }
  const { items, nextCursor, corrected } = await must(market, market.api.search.$get({ query }))
  return corrected === undefined ? { items, nextCursor } : { items: [], nextCursor: null }
}

/** The address of the market that was named, else of SOUK_URL, else on this machine. Refuses: what is none. */
export function originOf(typed: string | undefined): string {
  const url = typed ?? (process.env.SOUK_URL || 'http://localhost:3000')
  const parsed = URL.parse(url)
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw notBegun('bad-address', `${url} is not the address of a market, such as http://localhost:3000.`)
  }
  return parsed.origin
}

function loginLine({ origin }: Market): string {
  return origin === 'http://localhost:3000' ? 'souk login' : `souk login --url ${origin}`
}
