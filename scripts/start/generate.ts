import { execFile } from 'node:child_process'
import { access, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { hashFiles } from './hash.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const GENERATED = join(ROOT, 'prisma', 'generated')
/** Inside the generated folder, so that deleting it makes it anew. */
const MARK = join(GENERATED, '.made-from')

/**
 * Makes prisma/generated when prisma/schema changed since it was made, and says whether it did.
 * Concurrency: the caller holds the lock on the checkout.
 */
export async function generateClient(): Promise<boolean> {
  const wanted = await hashFiles(ROOT, ['prisma/schema', 'prisma.config.ts', 'node_modules/prisma/package.json'])
  const made = await readFile(MARK, 'utf8').catch(() => '')
  if (made === wanted && (await exists(join(GENERATED, 'client.ts')))) return false
  // The native engine cannot be had from npm and generating does not use it: any file that exists satisfies the check.
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' }
  const prisma = join(ROOT, 'node_modules', 'prisma', 'build', 'index.js')
  await promisify(execFile)(process.execPath, [prisma, 'generate'], { cwd: ROOT, env })
  await writeFile(MARK, wanted)
  return true
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

if (import.meta.main) console.log((await generateClient()) ? 'made prisma/generated' : 'prisma/generated is up to date')
