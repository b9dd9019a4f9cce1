import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { access, chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Fault } from './fault.ts'
import { type Place, rememberPlace } from './place.ts'

/** The one login of the embedded server. */
export const USER = 'souk'

/**
 * Makes the cluster unless it exists, and says whether it did.
 * Guarantees: whole or not at all, as `initdb` writes into a folder beside it; only the owner can read it.
 * Concurrency: the caller holds the lock on the data folder.
 */
export async function makeCluster(place: Place): Promise<boolean> {
  if (await exists(join(place.cluster, 'PG_VERSION'))) return false
  const password = await makePassword(place.dataDir)
  const parent = dirname(place.cluster)
  await mkdir(parent, { recursive: true })
  const half = join(parent, 'postgres.new')
  const passwordFile = join(half, 'password')
  await rm(half, { recursive: true, force: true })
  await makePrivate(half, place)
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  if (place.owner) await chown(passwordFile, place.owner.uid, place.owner.gid)

  await runInitdb(place, join(half, 'data'), passwordFile)
  // An empty folder somebody prepared is replaced; one with anything in it is refused by rename.
  await rename(join(half, 'data'), place.cluster)
  await rm(half, { recursive: true, force: true })
  await rememberPlace(place)
  return true
}

/** The password of the cluster's one user. */
export async function readPassword(dataDir: string): Promise<string> {
  const file = passwordPath(dataDir)
  const password = await readFile(file, 'utf8').catch(() => '')
  if (password.trim() === '')
    throw new Fault(`${file}, the key to the database beside it, is missing or cannot be read.`)
  return password.trim()
}

/** What a program of PostgreSQL is spawned with: a folder and an environment that its user can read. */
export function spawnOptions({ owner }: Place) {
  const { NODE_ENV } = process.env
  return { ...(owner ?? {}), cwd: '/', env: { NODE_ENV, PATH: '/usr/bin:/bin', HOME: '/', LC_ALL: 'C', TZ: 'UTC' } }
}

async function makePassword(dataDir: string): Promise<string> {
  if (await exists(passwordPath(dataDir))) return readPassword(dataDir)
  const password = randomBytes(24).toString('base64url')
  const half = `${passwordPath(dataDir)}.new`
  await writeFile(half, `${password}\n`, { mode: 0o600 })
  await chmod(half, 0o600)
  await rename(half, passwordPath(dataDir))
  return password
}

async function makePrivate(folder: string, { owner }: Place): Promise<void> {
  await mkdir(folder, { mode: 0o700 })
  if (owner) await chown(folder, owner.uid, owner.gid)
}

/** The built-in C.UTF-8 sorts and compares alike on every system, which the system's own locales do not. */
function runInitdb(place: Place, cluster: string, passwordFile: string): Promise<void> {
  const args = [
    `--pgdata=${cluster}`,
    `--username=${USER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
  ]
  return new Promise((resolve, reject) => {
    const initdb = spawn(join(place.root, 'bin', 'initdb'), args, {
      ...spawnOptions(place),
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    initdb.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    initdb.on('error', reject)
    initdb.on('close', (code) => {
      if (code === 0) return resolve()
      const line =
        said
          .trim()
          .split('\n')
          .find((text) => text.includes('error:')) ?? said.trim()
      reject(new Fault(`PostgreSQL could not make its data folder ${place.cluster}: ${line}`))
    })
  })
}

function passwordPath(dataDir: string): string {
  return join(dataDir, 'postgres.password')
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
