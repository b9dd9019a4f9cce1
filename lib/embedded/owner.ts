import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { Fault } from './fault.ts'

/** The user the server runs as. */
export interface Owner {
  readonly uid: number
  readonly gid: number
}

const run = promisify(execFile)
/** Debian's and macOS's names for the database's user, then the one made here. */
const KNOWN_USERS = ['postgres', '_postgres', 'souk']

/**
 * Who the server runs as: null for the one who asks, another user where that is root, whom PostgreSQL refuses.
 * Guarantees: data that exist keep their owner, so that starting as root after having started as oneself works.
 * Refuses: root on a machine where no such user is known and none can be made.
 */
export async function chooseOwner(existing: Owner | null): Promise<Owner | null> {
  if (process.getuid?.() !== 0) return null
  if (existing && existing.uid !== 0) return existing
  for (const name of KNOWN_USERS) {
    const found = await findUser(name)
    if (found) return found
  }
  return makeUser()
}

/** Runs a shell command as the owner; spawning a program the owner cannot reach would be an error nobody can catch. */
export async function canOwnerDo(owner: Owner | null, test: string, path: string): Promise<boolean> {
  const options = { ...(owner ?? {}), cwd: '/', env: { ...process.env, PATH: '/usr/bin:/bin' } }
  return run('/bin/sh', ['-c', test, 'sh', path], options).then(
    () => true,
    () => false,
  )
}

async function findUser(name: string): Promise<Owner | null> {
  try {
    const uid = Number((await run('id', ['-u', name])).stdout)
    const gid = Number((await run('id', ['-g', name])).stdout)
    return uid > 0 ? { uid, gid } : null
  } catch {
    return null
  }
}

async function makeUser(): Promise<Owner> {
  const attempts: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'souk']],
    ['adduser', ['--system', '--group', '--no-create-home', 'souk']],
    ['adduser', ['-S', '-D', '-H', 'souk']],
  ]
  const env = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` }
  for (const [command, args] of attempts) {
    await run(command, args, { env }).catch(() => undefined)
    const made = await findUser('souk')
    if (made) return made
  }
  throw new Fault(
    'PostgreSQL refuses to run as root, and no user for it could be made: create one called souk, ' +
      'start Souk as an ordinary user, or set DATABASE_URL to a PostgreSQL server of yours.',
  )
}
