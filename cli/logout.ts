import { revoke } from './login.ts'
import { keepCredential, readCredential } from './market/credentials.ts'
import { marketAs, originOf } from './market.ts'
import { command } from './terminal/command.ts'
import { EXIT, notBegun, refused } from './terminal/failure.ts'

export const logout = command({
  name: 'logout',
  summary: 'sign out of a market, and revoke the token',
  about: [
    'Forgets the token that souk login keeps for the market, and has the market revoke it: a copy of it is worth nothing.',
  ],
  examples: [['logout --url https://souk.example', 'of that market; of the others you stay signed in']],
  args: {},
  run: async ({ url }, { screen }) => {
    const origin = originOf(url)
    const credential = await readCredential(origin)
    if (!credential) throw notBegun('sign-in-required', `Nobody is signed in to ${origin}.`)
    const isOver = !credential.id || (await revoke(marketAs(origin, credential.token)))
    await keepCredential(origin, null)
    if (!isOver) {
      const sentence = `Signed out here, but ${origin} did not revoke the token: end it there, with your sessions.`
      throw refused({ code: 'not-revoked', message: sentence })
    }
    screen.show({ origin, handle: credential.handle }, `Signed out of ${origin}: ${credential.handle}.`)
    return EXIT.done
  },
})
