import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '#lib/embedded/fault'
import { auditBooks } from './runner/audit.ts'
import type { Market } from './runner/client.ts'
import { inTent } from './runner/house.ts'
import { interruption } from './runner/interruption.ts'
import { openPeers } from './runner/peers.ts'
import { counted, openVoice, type Voice } from './runner/voice.ts'
import { auditAt } from './simulate/audit.ts'
import { readOptions, type Options } from './simulate/options.ts'
import { run, type Outcome } from './simulate/run.ts'
import { readScenario, type Scenario } from './simulate/scenario.ts'

export const simulateHelp = `souk simulate <scenario.json> [options]

  Plays a scenario of producers and consumers against the API of a real market: each producer is a shop that publishes piece after
  piece, each consumer a buyer with carts, and all of them ask at once. What is bought is printed in the form of the series'
  reference output, a line a piece; everything else goes to standard error. At the end all books are read.
  Without --url a market is started for it, on a database of its own that is gone afterwards; its shops may have as many pieces on
  sale as the scenario says. With --url the market's own limits count.
  Exit code 0: all consumers got everything, and every piece and cent is accounted for; 1: they did not, or it is not; 2: the
  scenario cannot be played.

  --wait poll      who finds none tries again after the scenario's retry_wait_time (the default)
  --wait waitlist  who finds none joins the waitlist and takes what is offered
  --url <address>  a market that runs; it is audited too where its database is this machine's (DATABASE_URL, DATA_DIR)
  --timeout S      give up when the market has been open for so many seconds (300)
  --json           one JSON object instead of the lines`

/** A consumer keeps what it holds for as long as its trip takes. */
const PATIENT = { HOLD_TTL_MS: '86400000', HOLD_LIMIT_MS: '86400000', HOLD_COOLDOWN_MS: '1', OFFER_TTL_MS: '60000' }

/** Plays a scenario. Returns the exit code. */
export async function simulate(args: string[]): Promise<number> {
  const options = readOptions(args)
  const scenario = readScenario(await read(options.file))
  const voice = openVoice(process.stderr)
  const over = interruption()
  const { producers, consumers } = scenario
  voice.say(
    `${counted(producers.length, 'producer')} and ${counted(consumers.length, 'consumer')}, --wait ${options.wait}.`,
  )
  const play = (addresses: Market['addresses']) =>
    perform(scenario, options, { market: { addresses, over, count: { failed: 0 } }, voice })
  if (options.url) {
    const { url } = options
    const { lines, ...outcome } = await play(() => [url])
    return conclude(options, { voice, outcome, lines, audit: await auditAt(outcome.handles) })
  }
  const settings = { ...PATIENT, SELLER_CAPACITY: `${scenario.capacity}` }
  return inTent({ peers: 1, settings }, async (tent) => {
    const peers = openPeers(
      join(import.meta.dirname, 'simulate', 'peer.ts'),
      tent.settings,
      join(tent.dataDir, 'node.log'),
    )
    process.on('exit', peers.killAll)
    try {
      await peers.add()
      const { lines, ...outcome } = await play(() => peers.list().map(({ url }) => url))
      await peers.stop()
      return conclude(options, { voice, outcome, lines, audit: await auditBooks() })
    } finally {
      await peers.stop()
      process.off('exit', peers.killAll)
    }
  })
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new Fault(`${file} cannot be read: ${error instanceof Error ? error.message : ''}.`)
  }
}

async function perform(scenario: Scenario, options: Options, stage: { market: Market; voice: Voice }) {
  const lines: string[] = []
  const print = (line: string) => {
    lines.push(line)
    if (options.isJson) return
    stage.voice.end()
    console.log(line)
  }
  const outcome = await run(scenario, options, { ...stage, print })
  return { ...outcome, lines }
}

function conclude(
  { wait, isJson }: Options,
  said: {
    voice: Voice
    outcome: Outcome
    lines: string[]
    audit: { breaches: number; words: string } | null
  },
): number {
  const { voice, lines, audit } = said
  const { made, bought, left, waiting, seconds } = said.outcome
  const isWhole = made === bought + left
  voice.end()
  if (waiting.length > 0) voice.say(`✗ Given up: ${waiting.join(', ')}.`)
  voice.say(`${isWhole ? '✓' : '✗'} ${made} pieces made = ${bought} bought + ${left} left, in ${seconds} s.`)
  voice.say(audit?.words ?? 'Not audited: the database of that market is not here.')
  const verdict = audit ? (audit.breaches === 0 ? 'clean' : 'breached') : 'not made'
  if (isJson)
    console.log(JSON.stringify({ made, bought, left, waiting, seconds, wait, audit: verdict, purchases: lines }))
  return isWhole && waiting.length === 0 && verdict !== 'breached' ? 0 : 1
}
