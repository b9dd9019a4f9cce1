import type { Bug, Killer } from './plant-bugs/bug.ts'
import { bugsOfEngine } from './plant-bugs/bugs-of-engine.ts'
import { bugsOfRules } from './plant-bugs/bugs-of-rules.ts'
import { bugsOfTrader } from './plant-bugs/bugs-of-trader.ts'
import { copyCheckout, type CheckoutCopy } from './plant-bugs/checkout-copy.ts'
import { startDatabase } from './plant-bugs/database.ts'
import { runTests, stopTests } from './plant-bugs/run-tests.ts'

/*
 * Proves that the tests see what they are for: `node scripts/plant-bugs.ts [name …]` plants known bugs of the reservation
 * engine and the trader, one at a time, into a copy of the checkout, and each has to make the test named beside it fail. The
 * same tests must pass before. Exits with 1 when a bug lives on.
 */

interface Row {
  readonly bug: Bug
  readonly killed: boolean
  readonly seconds: number
  readonly by: string
}

const bugs = [...bugsOfRules, ...bugsOfEngine, ...bugsOfTrader]
let isStopped = false
process.on('SIGINT', stop)
process.on('SIGTERM', stop)

process.exitCode = await main(process.argv.slice(2))

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !bugs.some((bug) => bug.name === name))
  if (unknown.length > 0) {
    console.error(`There is no bug ${unknown.join(', ')}; there are ${bugs.map((bug) => bug.name).join(', ')}.`)
    return 1
  }
  const wanted = bugs.filter((bug) => names.length === 0 || names.includes(bug.name))
  const copy = await copyCheckout()
  try {
    const database = await startDatabase(copy.root)
    process.env.TEST_DATABASE_URL = database.url
    try {
      return await plantAll(copy, wanted)
    } finally {
      await database.leave()
    }
  } finally {
    await copy.remove()
  }
}

async function plantAll(copy: CheckoutCopy, wanted: readonly Bug[]): Promise<number> {
  if (!(await isGreen(copy, wanted))) return isStopped ? 130 : 1
  const rows: Row[] = []
  for (const bug of wanted) {
    const row = await plant(copy, bug)
    if (isStopped) return 130
    rows.push(row)
    console.log(line(row))
  }
  const alive = rows.filter((row) => !row.killed)
  console.log(`\n${rows.length - alive.length} of ${rows.length} bugs were noticed.`)
  for (const { bug } of alive) console.log(`Not noticed: ${bug.name}, by which ${bug.harm}.`)
  return alive.length === 0 ? 0 : 1
}

/** A test that fails anyway would notice anything. */
async function isGreen(copy: CheckoutCopy, wanted: readonly Bug[]): Promise<boolean> {
  const killers = new Map<string, Killer>(wanted.map(({ killer }) => [JSON.stringify(killer), killer]))
  for (const killer of killers.values()) {
    const { passed, failed, output } = await runTests(copy.root, killer)
    if (isStopped) return false
    if (passed > 0 && failed.length === 0) continue
    console.error(`${killer.file} has to pass before anything is planted.\n${output}`)
    return false
  }
  console.log('Without a bug all of the tests pass.\n')
  return true
}

async function plant(copy: CheckoutCopy, bug: Bug): Promise<Row> {
  const start = performance.now()
  const { failed, passed, output } = await copy.withEdits(bug.edits, () => runTests(copy.root, bug.killer))
  // No test at all is no verdict: the bug does not even load.
  if (!isStopped && passed + failed.length === 0) console.error(`No test ran with ${bug.name}.\n${output}`)
  // The beginning of a sentence is enough to find it.
  const by = (failed[0] ?? '').slice(0, 70)
  return { bug, killed: failed.length > 0, seconds: (performance.now() - start) / 1000, by }
}

function line({ bug, killed, seconds, by }: Row): string {
  const file = bug.killer.file.split('/').at(-1) ?? ''
  const what = killed ? by : 'nothing failed'
  return `${killed ? '✓' : '✗'} ${bug.name.padEnd(28)}${seconds.toFixed(1).padStart(5)} s  ${file.padEnd(24)}${what}`
}

function stop(): void {
  isStopped = true
  stopTests()
}
