import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { makeCluster, readPassword } from './cluster.ts'
import { withLock } from './lock.ts'
import { choosePlace, type Place } from './place.ts'
import { ensureServer, type Server, stopServer, urlFor } from './server.ts'

export interface Embedded {
  /** The address of the database, good until `leave`, also over a death of the server. */
  readonly url: string
  /** Gives up the membership; the last member stops the server. Does nothing the second time. */
  leave(): Promise<void>
}

export interface EmbeddedOptions {
  readonly dataDir: string
  readonly settings?: Readonly<Record<string, string>>
  /** Hears of what takes long. */
  readonly onStep?: (text: string) => void
}

/** The database made for Souk; the membership locks live in `postgres`, which nobody drops. */
const DATABASE = 'souk'
const MEMBERS_LOCK = 7_305_012

/**
 * Starts the embedded PostgreSQL of a data folder, or joins the one that runs, and keeps it running while a member.
 * Guarantees: `url` answers. The server stays until its last member left; members that died do not count.
 * Concurrency: any number of processes may call this at once; a lock on the folder puts them in line.
 * Refuses: what the machine lacks, as a Fault with one sentence.
 */
export async function startEmbedded({ dataDir, settings = {}, onStep }: EmbeddedOptions): Promise<Embedded> {
  const folder = resolve(dataDir)
  await mkdir(folder, { recursive: true })
  const member = await joinServer(folder, settings, undefined, onStep)
  const state: State = { member, hasLeft: false }
  void keepJoined(state, (port) => {
    onStep?.('the database server went away, starting it again')
    return joinServer(folder, settings, port, onStep)
  })
  return {
    url: urlFor(member.server, member.password, DATABASE),
    leave: async () => {
      if (state.hasLeft) return
      state.hasLeft = true
      await leave(state.member)
    },
  }
}

interface Member {
  readonly place: Place
  readonly server: Server
  readonly password: string
  /** Holds the shared lock for as long as it lives. */
  readonly session: pg.Client
  /** Resolves when the session is lost. */
  readonly lost: Promise<void>
}

interface State {
  member: Member
  hasLeft: boolean
}

async function joinServer(
  dataDir: string,
  settings: Readonly<Record<string, string>>,
  preferredPort: number | undefined,
  onStep?: (text: string) => void,
): Promise<Member> {
  const onWait = () => onStep?.('another start on this data folder is under way, waiting for it')
  const joined = await withLock(
    lockPath(dataDir),
    async () => {
      const place = await choosePlace(dataDir)
      if (await makeCluster(place)) onStep?.(`made the database folder ${place.cluster}`)
      const password = await readPassword(dataDir)
      const server = await ensureServer(place, { password, settings, preferredPort })
      return becomeMember(place, server, password)
    },
    { onWait },
  )
  if (!joined) throw new Error('waited for ever in vain')
  return joined.value
}

async function becomeMember(place: Place, server: Server, password: string): Promise<Member> {
  const session = new pg.Client({
    connectionString: urlFor(server, password, 'postgres'),
    application_name: 'souk membership',
    keepAlive: true,
  })
  const lost = new Promise<void>((resolve) => session.once('end', resolve))
  session.on('error', () => undefined)
  await session.connect()
  await session.query('select pg_advisory_lock_shared($1)', [MEMBERS_LOCK])
  const { rowCount } = await session.query('select from pg_database where datname = $1', [DATABASE])
  if (rowCount === 0) await session.query(`create database ${DATABASE}`)
  return { place, server, password, session, lost }
}

/** A server that died under its members is started again by the first to notice; the others join it. */
async function keepJoined(state: State, rejoin: (port: number) => Promise<Member>): Promise<void> {
  for (;;) {
    await state.member.lost
    if (state.hasLeft) return
    const member = await rejoin(state.member.server.port).catch(() => null)
    if (member) state.member = member
    else await sleep(1_000, undefined, { ref: false })
    if (state.hasLeft) return member ? leave(member) : undefined
  }
}

/**
 * Whoever gets the lock for itself alone is the last.
 * Concurrency: under the folder's lock, so that nobody joins between the question and the stop. Where that lock is taken
 * somebody is joining or leaving right now, and the server is theirs.
 */
async function leave({ place, server, session }: Member): Promise<void> {
  await withLock(
    lockPath(place.dataDir),
    async () => {
      const isLast = await isLastMember(session)
      await session.end().catch(() => undefined)
      if (isLast) await stopServer(place, server, 1_500)
    },
    { waitMs: 1_000 },
  )
  await session.end().catch(() => undefined)
}

async function isLastMember(session: pg.Client): Promise<boolean> {
  try {
    await session.query('select pg_advisory_unlock_shared($1)', [MEMBERS_LOCK])
    const { rows } = await session.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [MEMBERS_LOCK])
    return rows[0]?.taken ?? false
  } catch {
    // The session is lost, and with it what could tell: an orphan is joined by the next start.
    return false
  }
}

function lockPath(dataDir: string): string {
  return join(dataDir, 'postgres.lock')
}
