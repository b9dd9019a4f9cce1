import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, chmod, cp, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Binaries, findBinaries } from './binaries.ts'
import { Fault } from './fault.ts'
import { canOwnerDo, chooseOwner, type Owner } from './owner.ts'

const run = promisify(execFile)

/** Where the server's programs and data are, and who runs it. */
export interface Place {
  readonly dataDir: string
  /** The folder with bin, lib and share. */
  readonly root: string
  /** PGDATA. Missing until `initdb` ran. */
  readonly cluster: string
  readonly owner: Owner | null
}

/** For what the owner cannot reach inside the checkout, for example one under a closed /root. */
const ELSEWHERE = '/var/lib/souk'

/**
 * Decides the place, and remembers it in `postgres.place` when the cluster is not in `dataDir`.
 * Guarantees: the same place at every start, whatever became of the folder's modes since; the owner reaches all of it.
 * Refuses: a remembered cluster that is gone, and data of another user.
 * Concurrency: the caller holds the lock on `dataDir`.
 */
export async function choosePlace(dataDir: string): Promise<Place> {
  const binaries = await findBinaries()
  const remembered = await recall(dataDir)
  const existing = await ownerOf(remembered ?? join(dataDir, 'postgres'))
  const owner = await chooseOwner(existing)
  if (existing && !owner && existing.uid !== process.getuid?.()) {
    const cluster = remembered ?? join(dataDir, 'postgres')
    throw new Fault(
      `${cluster} belongs to another user: start Souk as that user or as root, or choose another DATA_DIR.`,
    )
  }
  const cluster = remembered ?? (existing ? join(dataDir, 'postgres') : await newCluster(dataDir, owner))
  return { dataDir, root: await reachable(binaries, owner), cluster, owner }
}

async function recall(dataDir: string): Promise<string | null> {
  const cluster = await readFile(join(dataDir, 'postgres.place'), 'utf8').catch(() => '')
  if (cluster.trim() === '') return null
  if (await exists(cluster.trim())) return cluster.trim()
  throw new Fault(
    `The database of ${dataDir} was kept in ${cluster.trim()}, which is gone: ` +
      `bring it back, or delete ${join(dataDir, 'postgres.place')} to start with an empty one.`,
  )
}

async function newCluster(dataDir: string, owner: Owner | null): Promise<string> {
  if (!owner || (await canOwnerDo(owner, 'cd "$1"', dataDir))) return join(dataDir, 'postgres')
  const hash = createHash('sha256')
    .update(await realpath(dataDir))
    .digest('hex')
    .slice(0, 16)
  await openFolder(ELSEWHERE)
  // One that is there already belongs to a data folder that was deleted: it is left alone.
  for (let number = 0; ; number++) {
    const folder = join(ELSEWHERE, number === 0 ? hash : `${hash}-${number}`)
    if (await exists(join(folder, 'postgres'))) continue
    await openFolder(folder)
    return join(folder, 'postgres')
  }
}

/** Written once the cluster exists, so that a start that failed before leaves nothing to remember. */
export async function rememberPlace({ dataDir, cluster }: Place): Promise<void> {
  if (cluster !== join(dataDir, 'postgres')) await writeFile(join(dataDir, 'postgres.place'), `${cluster}\n`)
}

/** The binaries themselves, or a copy where the owner may read it. */
async function reachable({ root, version }: Binaries, owner: Owner | null): Promise<string> {
  if (await canOwnerDo(owner, '"$1" --version', join(root, 'bin', 'postgres'))) return root
  if (!owner)
    throw new Fault(`${join(root, 'bin', 'postgres')} does not run on this machine: set DATABASE_URL instead.`)
  const copy = join(ELSEWHERE, `postgresql-${version}`)
  if (!(await exists(copy))) {
    await openFolder(ELSEWHERE)
    const half = `${copy}.${process.pid}`
    await cp(root, half, { recursive: true, verbatimSymlinks: true })
    await run('chmod', ['-R', 'a+rX', half])
    await rename(half, copy).catch(() => rm(half, { recursive: true, force: true }))
  }
  if (await canOwnerDo(owner, '"$1" --version', join(copy, 'bin', 'postgres'))) return copy
  throw new Fault(`PostgreSQL does not run from ${copy} as user ${owner.uid}: set DATABASE_URL to a server of yours.`)
}

async function ownerOf(cluster: string): Promise<Owner | null> {
  return stat(cluster).catch(() => null)
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/** A folder that others may pass through, whatever root's umask says. */
async function openFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true })
  await chmod(path, 0o755)
}
