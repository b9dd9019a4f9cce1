import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Edit } from './bug.ts'

const ROOT = join(import.meta.dirname, '..', '..')

/** A copy of the checkout as it is now, in which to break things: the working tree itself is never written. */
export interface CheckoutCopy {
  readonly root: string
  /** Does the work with the edits made, and undoes them. Throws when what an edit looks for is not there exactly once. */
  withEdits<T>(edits: readonly Edit[], work: () => Promise<T>): Promise<T>
  remove(): Promise<void>
}

/** Copies what git knows or would add; the packages are linked. */
export async function copyCheckout(): Promise<CheckoutCopy> {
  const root = await mkdtemp(join(tmpdir(), 'souk-plant-'))
  const remove = () => rm(root, { recursive: true, force: true })
  try {
    for (const path of [...(await listFiles()), join('prisma', 'generated')]) {
      await cp(join(ROOT, path), join(root, path), { recursive: true }).catch(ignoreMissing)
    }
    await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'))
  } catch (error) {
    await remove()
    throw error
  }
  return { root, withEdits: (edits, work) => withEdits(root, edits, work), remove }
}

async function listFiles(): Promise<string[]> {
  const { stdout } = await promisify(execFile)(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'],
    { cwd: ROOT, maxBuffer: 2 ** 26 },
  )
  return stdout.split('\0').filter(Boolean)
}

async function withEdits<T>(root: string, edits: readonly Edit[], work: () => Promise<T>): Promise<T> {
  const before = new Map<string, string>()
  try {
    for (const edit of edits) {
      const text = await readFile(join(root, edit.file), 'utf8')
      if (!before.has(edit.file)) before.set(edit.file, text)
      await writeFile(join(root, edit.file), applyEdit(text, edit))
    }
    return await work()
  } finally {
    for (const [file, text] of before) await writeFile(join(root, file), text)
  }
}

/** The text with the bug in it. Throws unless what it looks for stands there exactly once. */
export function applyEdit(text: string, { file, find, replace }: Edit): string {
  const parts = text.split(find)
  if (parts.length === 2) return parts.join(replace)
  throw new Error(`${file} has ${parts.length - 1} times, not once: ${find.trim()}`)
}

/** Git still knows what was deleted and not committed yet. */
function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
