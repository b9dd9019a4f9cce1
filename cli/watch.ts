import { parseArgs } from 'node:util'
import { setTimeout as sleep } from 'node:timers/promises'
import { call, createClient } from '#lib/api/client'
import type { ProductView } from '#lib/catalog/schema'
import { Fault } from '#lib/embedded/fault'
import { hearProducts } from './watch/line.ts'
import { happeningsOf, priceChanges, type Happening } from './watch/happenings.ts'
import { wordsOf } from './watch/words.ts'

export const watchHelp = `souk watch <product> [--url <address>] [--json]

  Prints what happens to a product, as it happens: how many pieces are left, held and waited for, how many look at it, what the
  seller edits. It listens as a browser does: a lost connection is made again, and what was missed is caught up on.
  The product is the end of its page's address, its id, or the whole address of the page. Ctrl-C ends it.
  Exit code 0: ended by Ctrl-C; 2: there is no such product, or the market cannot be reached.

  --url   the market (http://localhost:3000), as it is known to browsers: it refuses connections from any other Origin
  --json  one JSON object a line`

/** Prints a product's life until Ctrl-C. Returns the exit code. */
export async function watch(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { url: { type: 'string', default: 'http://localhost:3000' }, json: { type: 'boolean', default: false } },
  })
  const [subject, ...others] = positionals
  if (!subject || others.length > 0) {
    console.error(`Say which product.\n\n${watchHelp}`)
    return 2
  }
  const interrupted = new AbortController()
  process.once('SIGINT', () => interrupted.abort())
  const { origin, name } = readSubject(subject, values.url)
  let product = await readProduct(origin, name)
  if (!product) {
    console.error(`There is no product ${name} at ${origin}.`)
    return 2
  }

  const say = (happening: Happening) => {
    const at = new Date()
    const line = values.json
      ? JSON.stringify({ at: at.toISOString(), ...happening })
      : wordsOf(happening, product?.variants ?? [], at)
    console.log(line)
  }
  say({ type: 'product', productId: product.id, title: product.title, revision: product.revision })
  if (interrupted.signal.aborted) return 0
  await hearProducts({
    origin,
    productIds: [product.id],
    signal: interrupted.signal,
    onMessage: (message) => happeningsOf(message).forEach(say),
    onEdit: async () => {
      const next = await readAgain(origin, name, interrupted.signal)
      if (!next || !product) return
      const changes = priceChanges(product, next)
      const isRenamed = next.title !== product.title
      product = next
      if (isRenamed) say({ type: 'product', productId: next.id, title: next.title, revision: next.revision })
      changes.forEach(say)
    },
  })
  return 0
}

/** What was given: a page's address, which names its market too, or a name at the market of --url. */
function readSubject(subject: string, url: string): { origin: string; name: string } {
  const page = /^https?:/.test(subject) ? parseUrl(subject) : null
  if (!page) return { origin: parseUrl(url).origin, name: subject.replace(/^\/?products\//, '') }
  return { origin: page.origin, name: decodeURIComponent(/^\/products\/([^/]+)/.exec(page.pathname)?.[1] ?? subject) }
}

function parseUrl(url: string): URL {
  const parsed = URL.parse(url)
  if (!parsed || !/^https?:$/.test(parsed.protocol)) throw new Fault(`${url} is not the address of a market.`)
  return parsed
}

/** Null where there is none. */
async function readProduct(origin: string, slug: string): Promise<ProductView | null> {
  const answer = await call(createClient(origin).products[':slug'].$get({ param: { slug } }))
  if (answer.ok) return answer.value
  if (answer.status === 404 || answer.status === 422) return null
  throw new Fault(`${origin} did not say what ${slug} is: ${answer.message}`)
}

const RETRY_MS = 2_000

/** Until it is answered: an edit that is heard of must not be lost because the market was busy. */
async function readAgain(origin: string, slug: string, signal: AbortSignal): Promise<ProductView | null> {
  for (;;) {
    if (signal.aborted) return null
    const product = await readProduct(origin, slug).catch(() => undefined)
    if (product !== undefined) return product
    await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined)
  }
}
