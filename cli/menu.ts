import { intro, log, outro, select } from '@clack/prompts'
import { signIn } from './login.ts'
import { lookAtOrders } from './menu/bought.ts'
import { runShop } from './menu/selling.ts'
import { buyItem, checkItem, watchItem } from './menu/shopping.ts'
import type { Visit } from './menu/visit.ts'
import { openMarket } from './market.ts'
import { askOn } from './terminal/ask.ts'
import { command } from './terminal/command.ts'
import { EXIT, Failure, Left, notBegun } from './terminal/failure.ts'

const TIMEOUT_MS = 60_000

export const menu = command({
  name: 'menu',
  summary: 'a menu of all that buyers and sellers do',
  about: ['What souk does when it is called without a command in a terminal.'],
  examples: [['--url https://souk.example', 'the menu of that market']],
  args: {
    timeout: {
      type: 'string',
      valueHint: 'seconds',
      description: 'how long a question waits (SOUK_MENU_TIMEOUT_MS, else 60)',
    },
  },
  run: async (typed, around) => {
    const timeoutMs = readTimeout(typed.timeout)
    const market = await openMarket(typed)
    const visit: Visit = {
      ...around,
      market,
      ask: askOn(process.stdout, timeoutMs),
      say: (words) => log.message(words),
      asMember: async () =>
        (visit.market = visit.market.token ? visit.market : await signIn(visit.market.origin, visit.ask)),
    }
    intro(`Souk at ${market.origin}`)
    for (;;) {
      const room = await chooseRoom()
      if (!room) break
      await enter(room, visit, timeoutMs)
    }
    outro('Bye.')
    return EXIT.done
  },
})

const ROOMS = { check: checkItem, watch: watchItem, buy: buyItem, sell: runShop, orders: lookAtOrders }

/** Where to; null for out. The menu itself waits for as long as it takes: nothing is held while it does. */
async function chooseRoom(): Promise<keyof typeof ROOMS | null> {
  const ask = askOn(process.stdout, null)
  const question = ask<keyof typeof ROOMS | 'quit'>((asking) =>
    select({
      ...asking,
      message: 'What would you like to do?',
      options: [
        { value: 'check', label: 'Check', hint: 'what is on sale, with live counts' },
        { value: 'watch', label: 'Watch', hint: 'what happens to a product' },
        { value: 'buy', label: 'Buy', hint: 'something' },
        { value: 'sell', label: 'Sell', hint: 'what your shop has' },
        { value: 'orders', label: 'Orders', hint: 'what you bought' },
        { value: 'quit', label: 'Quit' },
      ],
    }),
  )
  const chosen = await question.catch((error: unknown) => {
    if (error instanceof Left && error.why === 'escape') return 'quit' as const
    throw error
  })
  return chosen === 'quit' ? null : chosen
}

/** Whatever ends a room but Ctrl-C leads back to the menu, and says why. */
async function enter(room: keyof typeof ROOMS, visit: Visit, timeoutMs: number): Promise<void> {
  try {
    await ROOMS[room](visit)
  } catch (error) {
    if (error instanceof Left && error.why === 'time-out') {
      visit.say(`Nobody answered for ${timeoutMs / 1_000} s: back to the menu.`)
    } else if (error instanceof Left && error.why === 'escape') visit.say('Back to the menu.')
    else if (error instanceof Failure) log.error([error.words.message, error.words.hint].filter(Boolean).join('\n'))
    else throw error
  }
}

function readTimeout(seconds: string | undefined): number {
  const ms = seconds === undefined ? Number(process.env.SOUK_MENU_TIMEOUT_MS || TIMEOUT_MS) : Number(seconds) * 1_000
  if (Number.isFinite(ms) && ms > 0) return ms
  throw notBegun(
    'miscalled',
    'The time-out is a number above 0: seconds after --timeout, milliseconds in SOUK_MENU_TIMEOUT_MS.',
  )
}
