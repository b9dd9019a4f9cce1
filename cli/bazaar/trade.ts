import { setTimeout as sleep } from 'node:timers/promises'
import { newSecret } from '#lib/ids'
import { visit } from '../runner/client.ts'
import { listGoods, makePeople, type Person } from '../runner/people.ts'
import type { Peers } from '../runner/peers.ts'
import type { Voice } from '../runner/voice.ts'
import { readOpen, readTotals, type Totals } from './books.ts'
import { goShopping, type Tally } from './buyers.ts'
import { electionAfter, lastEpoch, strikeTraders, type Election, type Herald } from './elections.ts'
import type { Options } from './options.ts'
import { keepShop, publishGoods } from './sellers.ts'
import { totalsLine, type Course } from './verdict.ts'

/** How long what is under way is waited for, once nobody buys any more. */
const CLOSING_MS = 90_000

interface Stage {
  readonly peers: Peers
  readonly voice: Voice
  readonly interrupted: AbortSignal
  readonly before: Totals
  readonly firstEpoch: number
}

/**
 * Lets people trade for as long as they are to, and whoever trades for them fall ill; then waits until all of it is paid out.
 * Interrupted, it waits for nothing. Returns what the books are to be held against.
 */
export async function trade(
  options: Options,
  { peers, voice, interrupted, before, firstEpoch }: Stage,
): Promise<Course> {
  const first = await electionAfter(firstEpoch - 1, peers)
  voice.say(`${nameOf(first)} is elected, turn ${first.epoch}.`)
  const finished = new AbortController()
  const over = AbortSignal.any([interrupted, finished.signal])
  const count = { failed: 0 }
  const tally: Tally = { sales: 0, declined: 0, walkedAway: 0, cancelled: 0, refused: 0 }
  try {
    const open = await openMarket(options, { peers, tally, over, count })
    voice.say(`${open.wares} wares are on sale.`)
    const closing = AbortSignal.any([over, AbortSignal.timeout(options.seconds * 1_000)])
    const people = open.letIn(closing)
    const { strike } = options
    const herald = heraldOf(voice)
    const fell = strike ? strikeTraders(first, { peers, strike, herald, over: closing }) : Promise.resolve([])
    const closed = Promise.all([fell, showUntil(closing, voice, before)])
    // Whichever fails first: then the rest is of no use.
    const [took] = await Promise.race([closed, people.then(() => closed)])
    const wasWaitedFor = await waitForMoney(over, voice)
    finished.abort()
    await people
    return { before, firstEpoch, lastEpoch: await lastEpoch(), took, tally, failed: count.failed, wasWaitedFor }
  } finally {
    finished.abort()
  }
}

/** Signs people in and has sellers publish. `letIn` has all of them trade, until nobody buys any more and it is over. */
async function openMarket(
  { sellers: shops, buyers: visitors, seed }: Options,
  { peers, tally, over, count }: { peers: Peers; tally: Tally; over: AbortSignal; count: { failed: number } },
) {
  const addresses = () =>
    peers
      .list()
      .filter((peer) => peer.isUp())
      .map(({ url }) => url)
  const enter = (people: readonly Person[]) => people.map((person) => visit({ addresses, over, count }, person))
  const sellers = enter(await makePeople('seller', shops))
  const buyers = enter(await makePeople('buyer', visitors))
  const stalls = await publishGoods(sellers, seed)
  const goods = await listGoods(sellers.map(({ handle }) => handle))
  const ofShop = (shop: string) => goods.filter(({ handle }) => handle === shop).map(({ variantId }) => variantId)
  const run = newSecret(8)
  return {
    wares: stalls.goods.length,
    letIn: (closing: AbortSignal): Promise<unknown> =>
      Promise.all(
        [
          ...sellers.map((seller) => keepShop(seller, stalls, { over, goods: ofShop(seller.handle) })),
          ...buyers.map((buyer) => goShopping(buyer, { stalls, tally, closing, over, seed, run })),
        ].map((visit) =>
          visit.catch((error: unknown) => {
            // What was asked when it was over needs no answer.
            if (!over.aborted) throw error
          }),
        ),
      ),
  }
}

/** The sums so far, until the market closes. */
async function showUntil(closing: AbortSignal, voice: Voice, before: Totals): Promise<void> {
  while (!closing.aborted) {
    voice.show(totalsLine(await readTotals(), before))
    await sleep(1_000, undefined, { signal: closing }).catch(() => undefined)
  }
}

/** Waits until all that was bought is settled and paid out. Resolves to whether it was waited for, be it in vain. */
async function waitForMoney(over: AbortSignal, voice: Voice): Promise<boolean> {
  const until = performance.now() + CLOSING_MS
  while (!over.aborted) {
    const { orders, money } = await readOpen()
    if (orders + money === 0 || performance.now() > until) return true
    voice.show(`closing: ${orders} orders and ${money} sums of money are under way`)
    await sleep(250, undefined, { signal: over }).catch(() => undefined)
  }
  return false
}

function heraldOf(voice: Voice): Herald {
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`
  return {
    struck: (election, kind) =>
      voice.say(`${nameOf(election)} ${kind === 'kill' ? 'is killed (kill -9)' : 'stands still for 8 s (SIGSTOP)'}.`),
    takenOver: (election, ms) =>
      voice.say(`${nameOf(election)} is elected, turn ${election.epoch}: nobody traded for ${seconds(ms)}.`),
    joined: (peer) => voice.say(`Node ${peer.number} joins.`),
    wentOn: (election) => voice.say(`${nameOf(election)} goes on, and its turn is over.`),
  }
}

function nameOf({ peer, node }: Election): string {
  return peer ? `Node ${peer.number} (pid ${peer.pid})` : node
}
