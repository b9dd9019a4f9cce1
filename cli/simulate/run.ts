import { newSecret } from '#lib/ids'
import type { Market, Visitor } from '../runner/client.ts'
import { must } from '../runner/client.ts'
import { signUp } from '../runner/people.ts'
import type { Voice } from '../runner/voice.ts'
import { shop } from './consumer.ts'
import type { Options } from './options.ts'
import { openStall, produce, type Stalls, type Tally } from './producer.ts'
import type { Scenario } from './scenario.ts'

export interface Outcome {
  /** Pieces that were published, that were paid for, and that are still in the house at the end. */
  readonly made: number
  readonly bought: number
  readonly left: number
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
 * Lets the producers make and the consumers shop, each a client of its own, until every consumer has been on all trips.
 * Rejects: when it is over before, or the market refuses what a scenario needs.
 */
export async function run(scenario: Scenario, { wait }: Options, stage: Stage): Promise<Outcome> {
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
  await trade(scenario, { ...stage, wait, run, tally, makers, shoppers, opened, stalls })
  const seconds = Math.round((performance.now() - begun) / 10) / 100
  const left = (await Promise.all(makers.map(countLeft))).reduce((sum, count) => sum + count, 0)
  return { ...tally, left, seconds, handles: [...makers, ...shoppers].map(({ handle }) => handle) }
}

async function trade(
  { producers, consumers, wares }: Scenario,
  cast: Stage & {
    readonly wait: Options['wait']
    readonly run: string
    readonly tally: Tally
    readonly makers: readonly Visitor[]
    readonly shoppers: readonly Visitor[]
    readonly opened: readonly ReadonlyMap<string, string>[]
    readonly stalls: Stalls
  },
): Promise<void> {
  const { market, voice, print, wait, run, tally, stalls } = cast
  const finished = new AbortController()
  const over = AbortSignal.any([market.over, finished.signal])
  const shown = setInterval(() => voice.show(`${tally.made} pieces made, ${tally.bought} bought`), 200)
  try {
    const making = cast.makers.map((maker, index) => {
      const [producer, stall] = [producers[index], cast.opened[index]]
      return producer && stall ? produce(maker, producer, { stall, tally, over }) : undefined
    })
    const shopping = cast.shoppers.map((shopper, index) => {
      const consumer = consumers[index]
      const onBought = (productId: string) => print(`${consumer?.name} bought ${wares.get(productId)?.printed}`)
      return consumer ? shop(shopper, consumer, { stalls, wait, tally, over: market.over, run, onBought }) : undefined
    })
    const shopped = Promise.all(shopping)
    // A producer that fails would leave its consumers waiting.
    await Promise.race([shopped, Promise.all(making).then(() => shopped)])
    finished.abort()
    await Promise.all(making)
  } finally {
    clearInterval(shown)
    finished.abort()
  }
}

/** Pieces of a producer that nobody bought, on sale or held. */
async function countLeft({ market }: Visitor): Promise<number> {
  const { items } = await must(market.seller.products.$get({ query: {} }))
  return items.flatMap(({ stock }) => stock).reduce((sum, { onHand }) => sum + onHand, 0)
}
