import * as z from 'zod'
import { Fault } from '#lib/embedded/fault'
import { referenceForm, type Written } from './reference-form.ts'

const seconds = z.number().min(0).max(3_600)
const step = z.object({ type: z.enum(['add', 'remove']), product: z.string(), quantity: z.int().min(0).max(10_000) })
const name = z.string().min(1).max(60)

const schema = z.object({
  products: z.record(
    z.string(),
    z.looseObject({ product_type: z.string(), name: z.string(), price: z.number().min(0).max(10_000_000) }),
  ),
  producers: z
    .array(
      z.object({
        name,
        /** Product, pieces, and the seconds each takes to make. */
        products: z
          .array(z.tuple([z.string(), z.int().min(1).max(10_000), seconds]))
          .min(1)
          .max(100),
        republish_wait_time: seconds,
      }),
    )
    .max(1_000),
  consumers: z.array(z.object({ name, retry_wait_time: seconds, carts: z.array(z.array(step)) })).max(1_000),
  marketplace: z.object({ queue_size_per_producer: z.int().min(1).max(1_000_000) }),
})

/** What a producer offers: an entry of its cycle. */
export interface Make {
  readonly productId: string
  readonly pieces: number
  readonly makeMs: number
}

export interface Step {
  readonly type: 'add' | 'remove'
  readonly productId: string
  readonly pieces: number
}

export interface Ware {
  readonly title: string
  readonly priceCents: string
  /** As the reference prints it. */
  readonly printed: string
}

/** Who makes what and who wants what. Units: milliseconds. */
export interface Scenario {
  /** By their ids in the scenario. */
  readonly wares: ReadonlyMap<string, Ware>
  readonly producers: readonly { name: string; cycle: readonly Make[]; republishMs: number }[]
  readonly consumers: readonly { name: string; trips: readonly (readonly Step[])[]; retryMs: number }[]
  /** Pieces a producer may have on sale at once. */
  readonly capacity: number
}

/**
 * Reads a scenario. Refuses, as a Fault: what is not JSON or not a scenario, naming the place; a product that is made or wanted
 * and not described; one that is wanted and never made, which would be waited for for ever.
 */
export function readScenario(text: string): Scenario {
  const parsed = schema.safeParse(parse(text))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Fault(`This is not a scenario: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`)
  }
  const { products, producers, consumers, marketplace } = parsed.data
  const written = JSON.parse(text, keepNumbers as Reviver) as { products: Record<string, Record<string, Written>> }
  const scenario = {
    wares: new Map(
      Object.entries(products).map(([id, { product_type: type, name: own, price }]) => [
        id,
        {
          title: `${type} ${own}`.slice(0, 140),
          // A market sells nothing for nothing: what costs nothing in the scenario costs a cent.
          priceCents: String(Math.max(1, Math.round(price * 100))),
          printed: referenceForm(written.products[id] ?? {}),
        },
      ]),
    ),
    producers: producers.map(({ name: own, products: cycle, republish_wait_time: wait }) => ({
      name: own,
      cycle: cycle.map(([productId, pieces, takes]) => ({ productId, pieces, makeMs: takes * 1_000 })),
      republishMs: wait * 1_000,
    })),
    consumers: consumers.map(({ name: own, carts, retry_wait_time: wait }) => ({
      name: own,
      trips: carts.map((steps) =>
        steps.map(({ type, product, quantity }) => ({ type, productId: product, pieces: quantity })),
      ),
      retryMs: wait * 1_000,
    })),
    capacity: marketplace.queue_size_per_producer,
  }
  refuseStrangers(scenario)
  return scenario
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Fault(`This is not JSON: ${error instanceof Error ? error.message : ''}.`)
  }
}

/** 5.0 is printed as it is written; as a number it would be 5. */
function keepNumbers(_: string, value: unknown, { source }: { source?: string }): unknown {
  return typeof value === 'number' ? { number: source ?? String(value) } : value
}

/** What TypeScript's library does not know yet: a reviver hears the source of what it revives. */
type Reviver = (key: string, value: unknown) => unknown

function refuseStrangers({ wares, producers, consumers }: Scenario): void {
  const made = new Set<string>()
  for (const { name: maker, cycle } of producers) {
    for (const { productId } of cycle) {
      if (!wares.has(productId)) throw new Fault(`${maker} makes ${productId}, which is not among the products.`)
      made.add(productId)
    }
  }
  for (const { name: buyer, trips } of consumers) {
    const wanted = trips.flat().find(({ type, productId }) => type === 'add' && !made.has(productId))
    if (wanted) throw new Fault(`${buyer} wants ${wanted.productId}, which nobody makes.`)
  }
}
