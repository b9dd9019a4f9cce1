import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { join } from 'node:path'
import { EXIT } from './terminal/failure.ts'

export const benchHelp = `souk bench [<name>] [options]

  Measures this checkout: what npm run bench -- <name> does. Without a name it says which there are.
  The exit code is the measurement's.`

/** Runs a measurement of this checkout in a process of its own, so that nothing of this one is measured. */
export async function bench(args: string[]): Promise<number> {
  const program = join(import.meta.dirname, '..', 'bench', 'bench.ts')
  const child = spawn(process.execPath, [program, ...args], { stdio: 'inherit' })
  // The terminal tells both; the measurement decides what comes of it, and this process follows.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => undefined)
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  if (code !== null) return code
  return signal === 'SIGINT' ? EXIT.interrupted : 128 + (signal ? constants.signals[signal] : 0)
}
