import { text as readAll } from 'node:stream/consumers'
import { hostname } from 'node:os'
import { password as askPassword, text as askText } from '@clack/prompts'
import { call } from '#lib/api/client'
import { keepCredential, readCredential } from './market/credentials.ts'
import { marketAs, must, originOf, type Market } from './market.ts'
import { askOn, type Ask } from './terminal/ask.ts'
import { command, type Surroundings } from './terminal/command.ts'
import { EXIT, notBegun } from './terminal/failure.ts'

export const login = command({
  name: 'login',
  summary: 'sign in to a market and stay signed in',
  about: [
    'Asks for handle and password, gets a token of its own from the market and keeps that, never the password, in',
    '~/.config/souk/credentials.json (XDG_CONFIG_HOME), which nobody else may read. One for each market.',
    'The token is shown with your sessions on the market, and souk logout revokes it.',
    'A program says SOUK_TOKEN or --token instead, and needs no login.',
  ],
  examples: [
    ['login', 'asks who you are'],
    ['login ada --url https://souk.example', 'asks for the password only'],
    ['login ada --password-stdin < secret.txt', 'asks nothing'],
    ['login --token …', 'keeps a token that you have already'],
  ],
  operands: '[<handle or e-mail>]',
  words: 1,
  args: {
    'password-stdin': { type: 'boolean', description: 'the password is the first line of standard input' },
  },
  run: async (typed, around) => {
    const origin = originOf(typed.url)
    const visitor = marketAs(origin, null)
    const given = typed.token
      ? { id: '', token: typed.token }
      : await askForToken(visitor, typed._[0], typed['password-stdin'] === true, around)
    const { user } = await must(visitor, marketAs(origin, given.token).api.session.$get())
    if (!user) throw notBegun('sign-in-required', `${origin} does not take this token.`)
    const before = await readCredential(origin)
    await keepCredential(origin, { handle: user.handle, token: given.token, id: given.id })
    // The one before would go on for its time, and nobody would have it.
    if (before?.id && before.id !== given.id) await revoke(marketAs(origin, before.token))
    around.screen.show(
      { origin, handle: user.handle, seller: user.seller?.handle ?? null },
      `Signed in to ${origin} as ${user.handle}.`,
    )
    return EXIT.done
  },
})

/** Ends the token that the market is asked with. Says whether it is over; one that was already is as good. */
export async function revoke(market: Market): Promise<boolean> {
  const answer = await call(market.api.tokens.current.$delete())
  return answer.ok || answer.code === 'unknown-token' || answer.code === 'not-found'
}

/** Asks who somebody is and keeps it: for a menu, in which it turns out on the way that somebody has to be known. */
export async function signIn(origin: string, ask: Ask): Promise<Market> {
  const visitor = marketAs(origin, null)
  const handle = await askHandle(visitor, ask)
  const { id, token } = await tokenFor(visitor, handle, await askSecret(ask))
  const market = marketAs(origin, token)
  const { user } = await must(market, market.api.session.$get())
  await keepCredential(origin, { handle: user?.handle ?? handle, token, id })
  return market
}

async function askForToken(visitor: Market, handle: string | undefined, fromStdin: boolean, { screen }: Surroundings) {
  if (!fromStdin && !screen.canAsk) {
    const sentence = 'Nobody can be asked for a password here: use --password-stdin, --token or SOUK_TOKEN.'
    throw notBegun('no-terminal', sentence)
  }
  if (fromStdin && !handle) throw notBegun('miscalled', 'Say the handle: souk login <handle> --password-stdin.')
  const ask = askOn(process.stderr, null)
  const who = handle ?? (await askHandle(visitor, ask))
  const [line = ''] = fromStdin ? (await readAll(process.stdin)).split(/\r?\n/) : [await askSecret(ask)]
  return tokenFor(visitor, who, line)
}

function tokenFor(visitor: Market, login: string, password: string) {
  const name = `souk on ${hostname()}`.slice(0, 60)
  return must(visitor, visitor.api.tokens.$post({ json: { login, password, name } }))
}

function askHandle({ origin }: Market, ask: Ask): Promise<string> {
  return ask<string>((asking) =>
    askText({ ...asking, message: `Handle or e-mail at ${origin}`, validate: needed('Who are you?') }),
  )
}

/** Without a mask: not even the length of a password is anybody's. */
function askSecret(ask: Ask): Promise<string> {
  return ask<string>((asking) =>
    askPassword({ ...asking, message: 'Password (it is not shown)', mask: '', validate: needed('The password?') }),
  )
}

const needed = (what: string) => (value: string | undefined) => (value ? undefined : what)
