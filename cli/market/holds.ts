import { call, type Answer } from '#lib/api/client'
import type { LineView } from '#lib/cart/schema'
import { failureOf, type Market } from '../market.ts'
import { notBegun } from '../terminal/failure.ts'
import type { Leaving } from '../terminal/leaving.ts'
import type { Screen } from '../terminal/screen.ts'

interface Held {
  readonly title: string
  /** Pieces that the cart held before this run; so many it keeps. */
  readonly before: number
  readonly expiresAt: string | null
}

/** The pieces that this run took out of the market, and is answerable for until somebody says that they are to stay. */
export interface Holds {
  /** Sets the cart's line and remembers what it was. Refuses as the market does: nothing is held then. */
  set(line: { variantId: string; title: string; before: number }, quantity: number): Promise<LineView>
  /** While it is under way nothing is given back. Where it resolves they are paid for, and not this run's any more. */
  during<T extends { readonly number: string }>(paying: Promise<T>): Promise<T>
  /** Done first by whoever leaves while a payment waits for its buyer; resolves to whether it is paid after all. */
  onLeaving(giveUp: () => Promise<boolean>): void
  /** Gives back what is held. Says which, and what it could not give back. */
  release(): Promise<void>
}

/** How long a payment that is under way is waited for by somebody who wants to leave. */
const PATIENCE_MS = 20_000
/** After so long without an answer somebody who left is told what is waited for. */
const SILENT_MS = 1_000

/**
 * Guarantees: whatever ends the run, Ctrl-C, a time-out or a refusal, what it holds goes back to the shelf or is told: which
 * pieces, and until when. What the cart held before stays in there. A request that is on its way is waited for first: overtaken by
 * the one that gives back, it would hold for nobody.
 */
export function openHolds(market: Market, { screen, leaving }: { screen: Screen; leaving: Leaving }): Holds {
  const held = new Map<string, Held>()
  let [underWay, paying]: [Promise<unknown>, Promise<{ number: string }> | null] = [Promise.resolve(), null]
  let isOver = false
  let giveUp: (() => Promise<boolean>) | null = null
  const put = putOn(market)
  const release = async () => {
    isOver = true
    if (giveUp && (await giveUp())) held.clear()
    else if (paying && !giveUp) await sayHowItEnds(paying, screen)
    await underWay
    await giveBack(held, put, screen)
    held.clear()
  }
  leaving.add({ putRight: release, describe: () => listHeld(held) })
  return {
    release,
    set: async ({ variantId, title, before }, quantity) => {
      if (isOver) throw notBegun('interrupted', 'Nothing is held any more.')
      // Until it is answered nobody knows; so it counts as held.
      held.set(variantId, { title, before, expiresAt: null })
      const request = put(variantId, quantity)
      underWay = request
      const answer = await request
      if (!answer.ok) {
        if (answer.code !== 'offline') held.delete(variantId)
        throw failureOf(market, answer)
      }
      held.set(variantId, { title, before, expiresAt: answer.value.expiresAt })
      return answer.value
    },
    onLeaving: (next) => (giveUp = next),
    during: async (work) => {
      paying = work.then((order) => {
        held.clear()
        return order
      })
      try {
        await paying
        return await work
      } finally {
        paying = giveUp = null
      }
    },
  }
}

async function sayHowItEnds(paying: Promise<{ number: string }>, screen: Screen): Promise<void> {
  screen.note('The payment is under way: waiting for how it ends. Ctrl-C again leaves without knowing.')
  const order = await Promise.race([paying.catch(() => undefined), patience()])
  if (order) screen.warn('paid', `Order ${order.number} is paid.`, { number: order.number })
}

function putOn(market: Market) {
  return (variantId: string, quantity: number) =>
    call(market.api.cart.lines[':variantId'].$put({ param: { variantId }, json: { quantity } }))
}

async function giveBack(held: ReadonlyMap<string, Held>, put: ReturnType<typeof putOn>, screen: Screen): Promise<void> {
  const silent = () => screen.note('Giving back what was held. Ctrl-C again leaves it.')
  for (const [variantId, { title, before, expiresAt }] of held) {
    const timer = setTimeout(silent, SILENT_MS)
    const answer = await put(variantId, before).finally(() => clearTimeout(timer))
    if (answer.ok) screen.warn('released', `Given back: ${title}.`, { variantId })
    else screen.warn('still-held', stillHeld(title, expiresAt, answer), { variantId, expiresAt, reason: answer.code })
  }
}

function listHeld(held: ReadonlyMap<string, Held>): string {
  return [...held.values()].map(({ title, expiresAt }) => stillHeld(title, expiresAt)).join('\n')
}

function stillHeld(title: string, expiresAt: string | null, answer?: Extract<Answer<unknown>, { ok: false }>): string {
  const until = expiresAt ? `until ${new Date(expiresAt).toLocaleTimeString('en-GB')}` : 'for some minutes'
  if (answer?.code === 'being-paid') return `Not given back: ${title} is being paid for. souk orders tells how it ends.`
  return `Still held for you ${until}: ${title}${answer ? ` (${answer.message})` : ''}. Give it back: souk cart clear`
}

function patience(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MS).unref())
}
