import { hash } from 'node:crypto'
import { BlockList, isIP } from 'node:net'
import { env } from '#lib/env'
import { once } from '#lib/once'

/**
 * Whether a browser's Origin is this market itself: PUBLIC_URL where it is set, else the host the request was sent to.
 * WebSockets know no CORS and cookies are sent by any site's form, so every write and every handshake asks this.
 */
export function isOurOrigin(origin: string | undefined, host: string | undefined): boolean {
  const { PUBLIC_URL } = env()
  // A browser writes both in their one plain form, so they are compared as they are.
  return origin !== undefined && origin === (PUBLIC_URL ? publicOrigin(PUBLIC_URL) : `http://${host}`)
}

function publicOrigin(publicUrl: string): string {
  return once('public-origin', () => new URL(publicUrl).origin)
}

/**
 * The address a request came from. What X-Forwarded-For says counts only as far as proxies of ours wrote it: from the
 * right, the first address that is not one of TRUSTED_PROXIES. Anybody else's header is a claim.
 */
export function addressFrom(peer: string | undefined, forwardedFor: string | undefined): string {
  const chain = [...(forwardedFor?.split(',') ?? []), peer ?? ''].map((each) => plainAddress(each.trim()))
  return chain.findLast((each) => !isOurProxy(each)) ?? chain[0] ?? 'unknown'
}

/**
 * The network an address belongs to, as a keyed hash: enough to count what is held from one place, without keeping who it
 * was. IPv6 hands a household 2^64 addresses, so its first half is the network.
 */
export function networkOf(address: string): string {
  const { SOUK_SECRET } = env()
  if (!SOUK_SECRET) throw new Error('SOUK_SECRET is not set.')
  const network = isIP(address) === 6 ? firstHalf(address) : address
  // Nobody is ever shown the hash, so nothing can be appended to what went into it.
  return hash('sha256', `network ${SOUK_SECRET} ${network}`, 'base64url').slice(0, 16)
}

/** The first four groups, with `::` written out. */
function firstHalf(address: string): string {
  const [left = '', right] = address.toLowerCase().split('::')
  const head = left.split(':').filter(Boolean)
  const tail = (right ?? '').split(':').filter(Boolean)
  const zeros = right === undefined ? 0 : Math.max(0, 8 - head.length - tail.length)
  return [...head, ...Array<string>(zeros).fill('0'), ...tail]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}

function isOurProxy(address: string): boolean {
  const family = isIP(address)
  return family !== 0 && proxies().check(address, family === 4 ? 'ipv4' : 'ipv6')
}

function proxies(): BlockList {
  return once('trusted-proxies', () => {
    const list = new BlockList()
    for (const range of env()
      .TRUSTED_PROXIES.split(',')
      .map((each) => each.trim())
      .filter(Boolean)) {
      const [net = '', bits] = range.split('/')
      const family = isIP(net) === 6 ? 'ipv6' : 'ipv4'
      list.addSubnet(net, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family)
    }
    return list
  })
}

/** A socket that hears both families writes IPv4 as IPv6. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '') || 'unknown'
}
