import { spawn, type ChildProcess } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Killer } from './bug.ts'

/** What the tests said. */
export interface Verdict {
  readonly passed: number
  /** Names of those that failed. */
  readonly failed: readonly string[]
  /** The end of what was printed: when no test ran, the reason stands there. */
  readonly output: string
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly title: string }[]
  }[]
}

let running: ChildProcess | undefined

/** Runs the tests in the copy, up to the first that fails. */
export async function runTests(root: string, { file, only, env: settings }: Killer): Promise<Verdict> {
  const report = join(root, 'report.json')
  await rm(report, { force: true })
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const args = ['run', file, '--bail=1', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]
  // One seed for all, so that the same run says the same again; a failure is not made smaller, which takes longest.
  const env = { FC_SEED: '1', ...process.env, MODEL_SHRINK: 'off', ...settings }
  const output = await run([vitest, ...args, ...(only ? ['-t', only] : [])], root, env)
  const text = await readFile(report, 'utf8').catch(() => '{"testResults":[]}')
  const tests = (JSON.parse(text) as Report).testResults.flatMap((result) => result.assertionResults)
  const failed = tests.filter((each) => each.status === 'failed').map((each) => each.title)
  return { passed: tests.filter((each) => each.status === 'passed').length, failed, output }
}

/** Passes a signal on, so that the tests take their database down. */
export function stopTests(): void {
  running?.kill('SIGINT')
}

function run(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    running = child
    let output = ''
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4_000)
      // All is said; a timer of the engine that migrated the template would keep the process for ten seconds.
      if (output.includes('JSON report written')) child.kill()
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', reject)
    child.on('close', () => {
      running = undefined
      resolve(output)
    })
  })
}
