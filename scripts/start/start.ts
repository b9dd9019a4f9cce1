import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Fault } from '#lib/embedded/fault'
import { withLock } from '#lib/embedded/lock'
import { startEmbedded } from '#lib/embedded/membership'
import { type Env, isRealMoney, parseEnv } from '#lib/env'
import { build, isBuilt } from './build.ts'
import { checkDataFolder, checkoutFault, checkPort, keepSecret, portFault } from './checks.ts'
import { type DemoAccount, isDemoMarket, makeDemoMarket } from './demo-market.ts'
import { checkExternalDatabase } from './external-database.ts'
import { generateClient } from './generate.ts'
import { step } from './progress.ts'
import { addDrain, isStopping, onStop, stopAll, stopOnSignals } from './stopping.ts'

const ROOT = join(import.meta.dirname, '..', '..')

/**
 * Brings a node up from a checkout: what is missing is made, what is there is used.
 * Guarantees: what stands in the way is one sentence and exit code 1, said before anything slow where it can be known.
 * Concurrency: any number of starts on one checkout and one data folder.
 */
export async function start({ dev }: { dev: boolean }): Promise<void> {
  stopOnSignals()
  try {
    const settings = readSettings(dev)
    await checkPort(settings.HOST, settings.PORT)
    await checkDataFolder(settings.DATA_DIR)
    if (settings.DATABASE_URL) await checkExternal(settings, settings.DATABASE_URL)
    await makeCode(dev)
    const accounts = settings.DATABASE_URL ? await useExternal(settings.DATABASE_URL) : await useEmbedded(settings)
    addDrain(settings.DRAIN_MS)
    // In development Next compiles for one process.
    const hasWorkers = settings.WEB_CONCURRENCY > 1 && !dev
    const url = hasWorkers ? await startAll(settings) : await startServer(settings, dev)
    console.log(welcome(url, accounts, hasWorkers ? settings.WEB_CONCURRENCY : 1))
  } catch (error) {
    if (isStopping()) return
    console.error(error instanceof Fault ? `\n${error.message}` : error)
    await stopAll(1)
  }
}

function readSettings(dev: boolean): Env {
  process.chdir(ROOT)
  if (existsSync('.env')) process.loadEnvFile('.env')
  Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' })
  try {
    const settings = parseEnv(process.env)
    const DATA_DIR = resolve(settings.DATA_DIR)
    Object.assign(process.env, { DATA_DIR })
    return { ...settings, DATA_DIR }
  } catch (error) {
    throw new Fault((error as Error).message)
  }
}

async function checkExternal(settings: Env, databaseUrl: string): Promise<void> {
  if (!settings.SOUK_SECRET) {
    throw new Fault(
      'DATABASE_URL is set and SOUK_SECRET is not: set it to 32 random characters or more, the same on all nodes ' +
        '(openssl rand -base64 32).',
    )
  }
  await checkExternalDatabase(databaseUrl)
}

/** The generated client and the built pages; in development Next compiles them by itself. */
async function makeCode(dev: boolean): Promise<void> {
  const lockFile = join(ROOT, 'node_modules', '.souk.lock')
  await step('Preparing the code', (report) =>
    withLock(
      lockFile,
      async () => {
        await generateClient()
        if (dev || (await isBuilt())) return
        report('building the pages, a minute or two the first time')
        await build((line) => report(`building the pages, ${line}`))
        report('pages built')
      },
      { onWait: () => report('another start is building, waiting for it') },
    ),
  ).catch(async (error: unknown) => {
    throw (await checkoutFault(ROOT)) ?? error
  })
}

async function useExternal(databaseUrl: string): Promise<readonly DemoAccount[]> {
  await step('Bringing the database up to date', () => migrateOrSay(databaseUrl))
  return []
}

async function useEmbedded(settings: Env): Promise<readonly DemoAccount[]> {
  const dataDir = settings.DATA_DIR
  const url = await step('Starting the database', async (report) => {
    const joining = startEmbedded({ dataDir, settings: connectionsFor(settings), onStep: report })
    // Told to stop while it starts, it is waited for and left, so that no server stays behind.
    onStop(async () => (await joining.catch(() => null))?.leave())
    return (await joining).url
  })
  const SOUK_SECRET = settings.SOUK_SECRET ?? (await keepSecret(dataDir))
  Object.assign(process.env, { DATABASE_URL: url, SOUK_SECRET })
  await step('Bringing the database up to date', () => migrateOrSay(url))
  // Its shops are paid with play money, and everybody knows its passwords.
  if (isRealMoney(settings)) return refuseDemo(url)
  return step('Looking after the demo market', (report) => makeDemoMarket(url, report))
}

async function refuseDemo(databaseUrl: string): Promise<readonly DemoAccount[]> {
  if (!(await isDemoMarket(databaseUrl))) return []
  throw new Fault(
    'STRIPE_SECRET_KEY is a live key, and this is the demo market: set DATA_DIR to a new folder, or DATABASE_URL to a new ' +
      'database, or take a test key.',
  )
}

/** What a process opens beside DATABASE_POOL_SIZE, at most; and what tools and a second start need. */
const OTHER_CONNECTIONS = 21
const SPARE_CONNECTIONS = 20

/** More only where it is needed; a server that runs already keeps what it has. */
function connectionsFor({ WEB_CONCURRENCY, DATABASE_POOL_SIZE }: Env): Record<string, string> {
  const needed = WEB_CONCURRENCY * (DATABASE_POOL_SIZE + OTHER_CONNECTIONS) + SPARE_CONNECTIONS
  return needed > 100 ? { max_connections: String(needed) } : {}
}

async function migrateOrSay(databaseUrl: string): Promise<void> {
  // Loaded here, because on a clean checkout what it stands on has just been generated.
  const { migrate } = await import('../migrate.ts')
  await migrate(databaseUrl).catch((error: unknown) => {
    throw new Fault((error as Error).message)
  })
}

async function startServer({ HOST, PORT }: Env, dev: boolean): Promise<string> {
  const node = await step('Starting the node', async () => {
    const { startNode } = await import('../../server.ts')
    return startNode({ dev }).catch((error: unknown) => {
      throw portFault(HOST, PORT, error) ?? error
    })
  })
  onStop(() => node.stop())
  return node.url
}

/** Workers that share the port; SIGUSR2 replaces them one after the other. */
async function startAll({ WEB_CONCURRENCY, METRICS_PORT }: Env): Promise<string> {
  const workers = await step(`Starting ${WEB_CONCURRENCY} workers`, async () => {
    const { startWorkers } = await import('./workers.ts')
    return startWorkers({
      count: WEB_CONCURRENCY,
      program: join(import.meta.dirname, 'worker.ts'),
      metricsPort: METRICS_PORT,
      onGivenUp: giveUp,
    })
  })
  onStop(() => workers.stop())
  process.on('SIGUSR2', () => void workers.restart())
  return workers.url
}

function giveUp(fault: Fault): void {
  if (isStopping()) return
  console.error(`\n${fault.message}`)
  void stopAll(1)
}

function welcome(url: string, accounts: readonly DemoAccount[], workers: number): string {
  const width = (key: 'login' | 'password') => Math.max(0, ...accounts.map((account) => account[key].length))
  const rows = accounts.map(
    ({ login, password, what }) =>
      `    ${login.padEnd(width('login'))}  ${password.padEnd(width('password'))}  ${what}`,
  )
  const demo = rows.length > 0 ? ['', '  Demo accounts (login, password):', ...rows] : []
  const hint = workers > 1 ? [`  ${workers} workers; kill -USR2 ${process.pid} replaces them one after the other.`] : []
  return ['', `  Souk is open at ${url}`, ...demo, '', ...hint, '  Ctrl-C stops it.', ''].join('\n')
}
