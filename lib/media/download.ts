import { lookup } from 'node:dns/promises'
import { get as httpGet, type IncomingMessage, type RequestOptions } from 'node:http'
import { get as httpsGet } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { ok, refuse, type Result } from '#lib/result'
import { SECOND_MS } from '#lib/time'
import { isPublicAddress } from './addresses.ts'
import { PICTURE_BYTES_MAX } from './rules.ts'

const HOPS_MAX = 4

/** Why a picture did not come, in words for the seller who named its address. */
export const downloadFaults = {
  'bad-address': 'This is not a web address that pictures are fetched from.',
  'no-answer': 'Nothing answered at this address.',
  'no-picture': 'There is no picture at this address.',
  'too-many-bytes': 'What is at this address is larger than 8 MB.',
} as const

export type DownloadCode = keyof typeof downloadFaults

/** What may be reached. Tests, which have only their own machine, put another in its place. */
export interface Reach {
  readonly timeoutMs: number
  isAllowed(address: string, port: number): boolean
}

const openInternet: Reach = {
  timeoutMs: 10 * SECOND_MS,
  isAllowed: (address, port) => isPublicAddress(address) && (port === 80 || port === 443),
}

/**
 * Fetches what a stranger's address points to, without becoming that stranger's arm.
 * Guarantees: connects only to addresses of the open internet, on every hop, and to the very address that was checked, so
 * that a name cannot be turned around between check and use; reads 8 MB at most, for 10 s in all. Never throws.
 */
export async function download(url: string, reach: Reach = openInternet): Promise<Result<Uint8Array, DownloadCode>> {
  const signal = AbortSignal.timeout(reach.timeoutMs)
  let next = url
  try {
    for (let hop = 0; hop < HOPS_MAX; hop++) {
      const target = await resolve(next, reach)
      if (!target) return refuse('bad-address')
      const response = await request(target, signal)
      const { statusCode = 0 } = response
      const { location } = response.headers
      if (statusCode === 200) return await readBody(response)
      response.destroy()
      if (statusCode < 300 || statusCode > 399 || !location || !URL.canParse(location, target.url)) {
        return refuse(statusCode >= 500 ? 'no-answer' : 'no-picture')
      }
      next = new URL(location, target.url).href
    }
    return refuse('no-picture')
  } catch {
    // A name that does not resolve, a refused connection, a timeout, a broken certificate: all the same to the seller.
    return refuse('no-answer')
  }
}

interface Target {
  readonly url: URL
  readonly address: string
}

/** The one address to connect to; null when the address is not one we go to. Throws when the name is unknown. */
async function resolve(text: string, reach: Reach): Promise<Target | null> {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  if (!['http:', 'https:'].includes(url.protocol) || url.username || url.password) return null
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(host) ? [host] : (await lookup(host, { all: true })).map((each) => each.address)
  const [address] = addresses
  // One that is not allowed among several spoils them all: nobody honest has such a name.
  return address && addresses.every((each) => reach.isAllowed(each, port)) ? { url, address } : null
}

function request({ url, address }: Target, signal: AbortSignal): Promise<IncomingMessage> {
  const pinned: LookupFunction = (_host, options, done) => {
    const family = isIP(address)
    if (options.all) done(null, [{ address, family }])
    else done(null, address, family)
  }
  const options: RequestOptions = {
    signal,
    lookup: pinned,
    agent: false,
    headers: { Accept: 'image/*', 'Accept-Encoding': 'identity', 'User-Agent': 'Souk (picture import)' },
  }
  return new Promise((done, fail) => {
    const get = url.protocol === 'https:' ? httpsGet : httpGet
    get(url, options, done).on('error', fail)
  })
}

async function readBody(response: IncomingMessage): Promise<Result<Uint8Array, DownloadCode>> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > PICTURE_BYTES_MAX) {
      response.destroy()
      return refuse('too-many-bytes')
    }
    chunks.push(chunk)
  }
  return ok(Buffer.concat(chunks))
}
