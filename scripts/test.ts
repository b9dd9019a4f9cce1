import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { delimiter, join } from 'node:path'
import { generateClient } from './start/generate.ts'
import { listSteps, type Step } from './test/steps.ts'
import { type Outcome, secondsOf, summarize } from './test/outcome.ts'

const root = join(import.meta.dirname, '..')
let interrupted = false
// Ctrl-C reaches the running step by itself; after it has ended, no other begins.
process.on('SIGINT', () => (interrupted = true))

await main(process.argv.slice(2))

async function main(wanted: readonly string[]): Promise<void> {
  const steps = listSteps()
  const unknown = wanted.filter((name) => !steps.some((step) => step.name === name))
  if (unknown.length > 0) {
    console.error(`There is no step ${unknown.join(', ')}; the steps are ${steps.map(({ name }) => name).join(', ')}.`)
    process.exitCode = 1
    return
  }
  await generateClient()
  process.env.FC_SEED ??= String(randomInt(2 ** 31))
  console.log(`Random tests run with FC_SEED=${process.env.FC_SEED}; set it to replay them.`)
  const outcomes: Outcome[] = []
  for (const step of steps) {
    if (wanted.length > 0 && !wanted.includes(step.name)) continue
    if (interrupted) break
    outcomes.push(await runStep(step))
  }
  console.log(`\n${summarize(outcomes)}`)
  process.exitCode = interrupted ? 130 : outcomes.every(({ ok }) => ok) ? 0 : 1
}

async function runStep(step: Step): Promise<Outcome> {
  console.log(`\n── ${step.name} ${'─'.repeat(Math.max(0, 70 - step.name.length))}`)
  const start = performance.now()
  let ok = true
  try {
    await step.prepare?.()
    for (const command of step.commands) ok = (await run(command, step.env)) && ok
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    ok = false
  }
  const ms = performance.now() - start
  console.log(`${ok ? '✓' : '✗'} ${step.name} (${secondsOf(ms)})`)
  const counts = step.count?.() ?? { passed: 0, failed: 0 }
  return { name: step.name, ok, ms, ...counts }
}

/** Whether the command, one of the project's own tools, ended well. */
function run(
  [command, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const path = `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env, PATH: path } })
    child.on('error', reject)
    child.on('exit', (code) => resolve(code === 0))
  })
}
