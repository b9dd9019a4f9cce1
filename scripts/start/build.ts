import { spawn } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '#lib/embedded/fault'
import { hashFiles } from './hash.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const MARK = join(ROOT, '.next', 'made-from')
/** All that the pages are made of. */
const SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'prisma/schema',
  'next.config.js',
  'package-lock.json',
  'package.json',
  'postcss.config.js',
  'tsconfig.json',
]

/** Whether the pages are built from what lies here now. */
export async function isBuilt(): Promise<boolean> {
  const made = await readFile(MARK, 'utf8').catch(() => '')
  return made !== '' && made === (await hashFiles(ROOT, SOURCES))
}

/**
 * Builds the pages with Next.
 * Guarantees: a build that was cut short counts for nothing. `onLine` hears what Next says.
 * Concurrency: the caller holds the lock on the checkout.
 */
export async function build(onLine: (line: string) => void): Promise<void> {
  const hash = await hashFiles(ROOT, SOURCES)
  await rm(MARK, { force: true })
  const { code, said } = await runNext(onLine)
  if (code !== 0) throw new Fault(`${said}\nThe pages could not be built; what Next said about it is above.`)
  await writeFile(MARK, hash)
}

async function runNext(onLine: (line: string) => void): Promise<{ code: number | null; said: string }> {
  const next = spawn(process.execPath, [join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // A start that ends takes its build with it.
  const kill = () => next.kill('SIGKILL')
  process.once('exit', kill)
  const lines: string[] = []
  const hear = (chunk: Buffer) => {
    const heard = chunk
      .toString()
      .split('\n')
      .filter((line) => line.trim() !== '')
    lines.push(...heard)
    const last = heard.at(-1)
    if (last) onLine(last.trim())
  }
  next.stdout.on('data', hear)
  next.stderr.on('data', hear)
  const code = await new Promise<number | null>((resolve, reject) => next.on('close', resolve).on('error', reject))
  process.removeListener('exit', kill)
  return { code, said: lines.slice(-60).join('\n') }
}
