import { newSecret } from '#lib/ids'
import type { Market, Visitor } from '../runner/client.ts'
import { must } from '../runner/client.ts'
import { signUp } from '../runner/people.ts'
import type { Voice } from '../runner/voice.ts'
import { GivenUp, shop } from './consumer.ts'
import type { Options } from './options.ts'
import { openStall, produce, type Stalls, type Tally } from './producer.ts'
import type { Scenario } from './scenario.ts'

export interface Outcome {
  /** Pieces that were published, that were paid for, and that are still in the house at the end. */
  readonly made: number
  readonly bought: number
  readonly left: number
  /** What consumers still waited for when it was over before they had everything. */
  readonly waiting: readonly string[]
  /** From the first piece made to the last order paid. */
  readonly seconds: number
  /** Who took part, by the handles they have in this market. */
  readonly handles: readonly string[]
}

interface Stage {
  readonly market: Market
  readonly voice: Voice
  /** Told of each piece that is paid for, in the reference's form. */
  readonly print: (line: string) => void
}

/**
 * Lets the producers make and the consumers shop, each a client of its own, until every consumer has been on all trips or it is
 * over. Rejects: what the market refuses and a scenario needs.
 */
export async function run(scenario: Scenario, { wait, timeoutSeconds }: Options, stage: Stage): Promise<Outcome> {
  const { market, voice } = stage
  const run = newSecret(6)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '0')
  voice.show('The producers and consumers sign up.')
  const enter = (role: string, people: readonly { name: string }[], hasShop: boolean) =>
    Promise.all(
      people.map(({ name }, index) =>
        signUp(market, { handle: `${role}-${index + 1}-${run}`, name: `${role} ${name}`, hasShop }),
      ),
    )
  const makers = await enter('producer', scenario.producers, true)
  const shoppers = await enter('consumer', scenario.consumers, false)
  const opened = await Promise.all(
    makers.map((maker, index) => openStall(maker, scenario.producers[index]?.cycle ?? [], scenario.wares)),
  )
  const stalls: Stalls = new Map()
  for (const [productId, variantId] of opened.flatMap((stall) => [...stall])) {
    stalls.set(productId, [...(stalls.get(productId) ?? []), variantId])
  }
  const tally: Tally = { made: 0, bought: 0 }
  const begun = performance.now()
  const closing = AbortSignal.any([market.over, AbortSignal.timeout(timeoutSeconds * 1_000)])
  const waiting = await trade(scenario, { ...stage, closing, wait, run, tally, makers, shoppers, opened, stalls })
  const seconds = Math.round((performance.now() - begun) / 10) / 100
  const counts = await Promise.all(makers.map((maker, index) => countLeft(maker, opened[index] ?? new Map())))
  const left = counts.reduce((sum, count) => sum + count, 0)
  return { ...tally, left, waiting, seconds, handles: [...makers, ...shoppers].map(({ handle }) => handle) }
}

async function trade(
  { producers, consumers, wares }: Scenario,
  cast: Stage & {
    readonly closing: AbortSignal
    readonly wait: Options['wait']
    readonly run: string
    readonly tally: Tally
    readonly makers: readonly Visitor[]
    readonly shoppers: readonly Visitor[]
    readonly opened: readonly ReadonlyMap<string, string>[]
    readonly stalls: Stalls
  },
): Promise<string[]> {
  const { closing, voice, print, wait, run, tally, stalls } = cast
  const finished = new AbortController()
  const over = AbortSignal.any([closing, finished.signal])
  const shown = setInterval(() => voice.show(`${tally.made} pieces made, ${tally.bought} bought`), 200)
  try {
    const making = cast.makers.map(async (maker, index) => {
      const [producer, stall] = [producers[index], cast.opened[index]]
      if (producer && stall) await produce(maker, producer, { stall, tally, over })
    })
    const shopping = cast.shoppers.map(async (shopper, index) => {
      const consumer = consumers[index]
      const onBought = (productId: string) => print(`${consumer?.name} bought ${wares.get(productId)?.printed}`)
      if (consumer) await shop(shopper, consumer, { stalls, wait, tally, over: closing, run, onBought })
      return []
    })
    const shopped = Promise.all(shopping.map((visit) => visit.catch(givenUp)))
    // A producer that fails would leave its consumers waiting.
    const ends = await Promise.race([shopped, Promise.all(making).then(() => shopped)])
    finished.abort()
    await Promise.all(making)
    return ends.flat()
  } finally {
    clearInterval(shown)
    finished.abort()
  }
}

function givenUp(error: unknown): string[] {
  if (error instanceof GivenUp) return [error.message]
  throw error
}

/** Pieces of a producer that nobody bought, on sale or held. */
async function countLeft({ market }: Visitor, stall: ReadonlyMap<string, string>): Promise<number> {
  const { stock } = await must(market.stock.$get({ query: { variantId: [...stall.values()].join(',') } }))
  return stock.reduce((sum, { onHand }) => sum + onHand, 0)
}
