import type { Caller } from './caller.ts'
import type { Function } from './functions.ts'
import { PASSWORD, type Person } from './people.ts'

/** After so many calls somebody logs out and in again, and every so many times another account is made. */
const CALLS = 100
const NEW_EVERY = 4

/** Keeps a caller signed in: logs out and in again now and then. Begins at a place of its own, so that not all do so at once. */
export function openSession(caller: Caller, person: Person, place: number, signUp: SignUp) {
  let calls = place % CALLS
  let sessions = place % NEW_EVERY
  caller.as(person.token)
  const { role, join } = signUp
  return {
    /** Called after so many calls; signs out and in when it is time. */
    async spend(count: number): Promise<void> {
      calls += count
      if (calls < CALLS) return
      calls = 0
      await caller.call(`${role}: log out`, () => caller.api.tokens.current.$delete())
      caller.as(null)
      if (++sessions % NEW_EVERY === 0) await join(caller, `${person.handle}-n${sessions}`)
      const json = { login: person.handle, password: PASSWORD, name: 'bench' }
      const fresh = await caller.call(`${role}: log in`, () => caller.api.tokens.$post({ json }))
      if (fresh) caller.as(fresh.token)
    },
  }
}

export interface SignUp {
  readonly role: 'seller' | 'buyer'
  /** Creates an account of that handle. */
  readonly join: (caller: Caller, handle: string) => Promise<unknown>
}

/** Creates an account, a seller's with its shop: one call. */
export function signUp(role: 'seller' | 'buyer'): SignUp {
  const name: Function = `${role}: create account`
  return {
    role,
    join: (caller, handle) => {
      const account = { name: handle, handle, email: `${handle}@example.org`, password: PASSWORD }
      const json = role === 'seller' ? { ...account, shop: { name: handle, handle } } : account
      return caller.call(name, () => caller.api.accounts.$post({ json }))
    },
  }
}
