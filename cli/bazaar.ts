import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { newSecret } from '#lib/ids'
import { readOpen, readTotals } from './bazaar/books.ts'
import { goShopping, type Tally } from './bazaar/buyers.ts'
import { sendTo } from './bazaar/client.ts'
import { electionAfter, lastEpoch, strikeTraders, type Election, type Herald } from './bazaar/elections.ts'
import { inHouse, type House } from './bazaar/house.ts'
import { readOptions, type Options } from './bazaar/options.ts'
import { openPeers, type Peers } from './bazaar/peers.ts'
import { listGoods, makePeople } from './bazaar/people.ts'
import { keepShop, publishGoods } from './bazaar/sellers.ts'
import { judge, totalsLine } from './bazaar/verdict.ts'
import { openVoice, type Voice } from './bazaar/voice.ts'

export const bazaarHelp = `souk bazaar [options]

  A bazaar on this machine: nodes that share one database, buyers and sellers who ask them over HTTP, and whoever trades for
  them falling ill, if you like. Sellers publish, send and restock; buyers hold, walk away, pay, call off, receive; after a
  second the money is the seller's, and paid out to the sandbox provider. At the end all books are read.
  It lives in DATA_DIR/bazaar (.data/bazaar), and goes on where the one before ended. Ctrl-C ends it early.
  Exit code 0: every piece and cent is accounted for; 1: something is not, and what.

  --peers N          nodes (3)
  --buyers N         (20)
  --sellers N        (4)
  --seconds S        how long it is open (30); then what is under way is waited for
  --fault-tolerance  after --timeout S seconds of trading (5) the node that trades is killed, and a new node joins
  --repeat           again and again
  --pause            instead of being killed it stands still for 8 seconds, every other time in the middle of its work
  --seed N           what buyers choose (1)
  --fresh            begin anew: what earlier bazaars left is deleted
  --json             the figures as one JSON object, on the last line; everything else goes to standard error`

/** How long what is under way is waited for, once nobody buys any more. */
const CLOSING_MS = 90_000

/** Holds a bazaar. Returns the exit code. */
export async function bazaar(args: string[]): Promise<number> {
  const options = readOptions(args)
  const voice = openVoice(options.isJson ? process.stderr : process.stdout)
  const interrupted = interruption()
  const { peers: count, buyers, sellers, seconds, seed } = options
  voice.say(`A bazaar of ${count} nodes, ${buyers} buyers and ${sellers} sellers for ${seconds} s, seed ${seed}.`)
  return inHouse({ isFresh: options.isFresh, peers: count }, async (house) => {
    const peers = openPeers(house.settings, join(house.dataDir, 'bazaar.log'))
    process.on('exit', peers.killAll)
    try {
      return await hold(options, { house, peers, voice, interrupted })
    } finally {
      await peers.stop()
      process.off('exit', peers.killAll)
    }
  })
}

interface Stage {
  readonly house: House
  readonly peers: Peers
  readonly voice: Voice
  readonly interrupted: AbortSignal
}

async function hold(options: Options, { house, peers, voice, interrupted }: Stage): Promise<number> {
  const before = await readTotals()
  const firstEpoch = (await lastEpoch()) + 1
  await Promise.all(Array.from({ length: options.peers }, () => peers.add()))
  voice.say(`${options.peers} nodes are open; what they say is in ${join(house.dataDir, 'bazaar.log')}.`)
  const first = await electionAfter(firstEpoch - 1, peers)
  voice.say(`${nameOf(first)} is elected, turn ${first.epoch}.`)

  const count = { failed: 0 }
  const tally: Tally = { sales: 0, declined: 0, walkedAway: 0, cancelled: 0, refused: 0 }
  const send = sendTo(peers, count)
  const [sellers, buyers] = [await makePeople('seller', options.sellers), await makePeople('buyer', options.buyers)]
  const stalls = await publishGoods(send, sellers, options.seed)
  voice.say(`${stalls.goods.length} wares are on sale.`)
  const goods = await listGoods(sellers.map(({ handle }) => handle))
  const ofShop = (shop: string) => goods.filter(({ handle }) => handle === shop).map(({ variantId }) => variantId)

  const closing = AbortSignal.any([interrupted, AbortSignal.timeout(options.seconds * 1_000)])
  const finished = new AbortController()
  const over = AbortSignal.any([interrupted, finished.signal])
  const shopping = { stalls, tally, closing, over, seed: options.seed, run: newSecret(8) }
  const people = Promise.all([
    ...sellers.map((seller) => keepShop(send, seller, stalls, { over, goods: ofShop(seller.handle) })),
    ...buyers.map((buyer) => goShopping(send, buyer, shopping)),
  ])
  const herald = heraldOf(voice)
  const { strike } = options
  const strikes = strike ? strikeTraders(first, { peers, strike, herald, over: closing }) : Promise.resolve([])
  const course = async () => {
    const [took] = await Promise.all([strikes, showUntil(closing, voice, before)])
    const isDone = await waitForMoney(over, voice)
    finished.abort()
    return { took, isDone }
  }
  const [{ took, isDone }] = await Promise.all([course(), people])
  await peers.stop()
  voice.end()
  const last = await lastEpoch()
  const { isSound, figures, words } = await judge({
    ...{ before, firstEpoch, lastEpoch: last, took, tally, isDone },
    failed: count.failed,
  })
  voice.say(`${interrupted.aborted ? 'Ended early' : 'Closed'}: ${totalsLine(await readTotals(), before)}.`)
  for (const line of words) voice.say(line)
  if (options.isJson) console.log(JSON.stringify(figures))
  return isSound ? 0 : 1
}

/** The sums so far, until the market closes. */
async function showUntil(closing: AbortSignal, voice: Voice, before: Awaited<ReturnType<typeof readTotals>>) {
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
    wentOn: (election) => voice.say(`${nameOf(election)} goes on, and finds its turn over.`),
  }
}

function nameOf({ peer, node }: Election): string {
  return peer ? `Node ${peer.number} (pid ${peer.pid})` : node
}

/** Aborted by the first Ctrl-C; a second one ends the process at once, and with it what it started. */
function interruption(): AbortSignal {
  const controller = new AbortController()
  let since: number | null = null
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      // npm passes on to its child the SIGINT which the terminal sends to both: the same key press, not a second one.
      if (since !== null && performance.now() - since > 250) process.exit(130)
      since ??= performance.now()
      controller.abort()
    })
  }
  return controller.signal
}
