import { serverTime } from '#components/live/server-clock'
import type { Detail } from '#lib/result'
import { MINUTE_MS } from '#lib/time'

export interface Refusal {
  readonly code: string
  readonly message: string
  readonly detail: Detail
}

/** A refused wish in a sentence or two: the API's own, and what the buyer can hope for or do. */
export function refusalWords({ code, message, detail }: Refusal): string {
  const more = WORDS[code]?.((name) => numberOf(detail[name]), detail) ?? ''
  return more ? `${message} ${more}` : message
}

type Words = (count: (name: string) => number, detail: Detail) => string

const WORDS: Record<string, Words> = {
  'sold-out': (count) => soldOutWords(count('inCarts'), count('waiting')),
  'not-enough': (count) => {
    const available = count('available')
    if (available > 0) return `${available} more ${available === 1 ? 'is' : 'are'} free.`
    return soldOutWords(count('inCarts'), count('waiting'))
  },
  'over-cap': (count) => {
    const [cap, bought] = [count('cap'), count('bought')]
    if (cap === 0) return ''
    return bought > 0 ? `The most is ${cap}, and you have bought ${bought}.` : `The most is ${cap}.`
  },
  'cooling-down': (_count, { againAt }) => (typeof againAt === 'string' ? `That is at ${clockTime(againAt)}.` : ''),
  'still-available': (count) => {
    const available = count('available')
    return available > 0 ? `${available} ${available === 1 ? 'is' : 'are'} free.` : ''
  },
  'too-many-places': (count) => (count('most') > 0 ? `The most is ${count('most')}; your cart lists them.` : ''),
}

/** Pieces that others hold may come back, but first to those who wait. */
function soldOutWords(inCarts: number, waiting: number): string {
  const back =
    inCarts > 0
      ? `${inCarts} ${inCarts === 1 ? 'is in another cart and may come back.' : 'are in other carts and may come back.'}`
      : ''
  const line = waiting > 0 ? `${waiting} ${waiting === 1 ? 'buyer waits' : 'buyers wait'} for it.` : ''
  return [back, line].filter(Boolean).join(' ')
}

/**
 * When that is on the viewer's own clock, however wrong it goes. To the minute, never early.
 * Units: an instant of the server's clock.
 */
function clockTime(at: string): string {
  const onThisClock = Date.now() + (Date.parse(at) - serverTime())
  const minute = new Date(Math.ceil(onThisClock / MINUTE_MS) * MINUTE_MS)
  return minute.toLocaleTimeString('en-IE', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0
}
