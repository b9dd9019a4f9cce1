import { createToken } from '#lib/auth/commands/tokens'
import { hashPassword } from '#lib/auth/passwords'
import { db, sql } from '#lib/db'
import { newId } from '#lib/ids'

export const PASSWORD = 'a pot of mint tea'

export interface Person {
  readonly userId: string
  readonly handle: string
  readonly token: string
}

/**
 * Members, sellers with a shop, each with a token of its own. Written into the database, all with the hash of one password:
 * thousands of them would take minutes to sign up. Those that sign up in the run do so through the API.
 */
export async function makePeople(role: 'seller' | 'buyer', run: string, count: number): Promise<Person[]> {
  const hash = await hashPassword(PASSWORD)
  if (!hash.ok) throw new Error('The password was not hashed.')
  const people = Array.from({ length: count }, (_, index) => ({ userId: newId(), handle: `${role}-${run}-${index}` }))
  const [ids, handles] = [people.map(({ userId }) => userId), people.map(({ handle }) => handle)]
  await db.run(sql`
    insert into app_user (id, handle, email, name, password_hash)
    select id, handle, handle || '@example.org', handle, ${hash.value}
    from unnest(${ids}::uuid[], ${handles}::text[]) as made (id, handle)`)
  if (role === 'seller') {
    await db.run(sql`
      insert into seller (id, user_id, handle, name)
      select uuidv7(), id, handle, handle
      from unnest(${ids}::uuid[], ${handles}::text[]) as made (id, handle)`)
  }
  const made: Person[] = []
  for (const person of people) {
    const token = await createToken({ userId: person.userId, name: 'bench', scopes: ['read', 'buy', 'sell'] })
    if (!token.ok) throw new Error(token.refusal.code)
    made.push({ ...person, token: token.value.token })
  }
  return made
}
