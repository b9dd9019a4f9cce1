import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * One hash over the names and contents of files and folders under `root`; what is missing counts as absent.
 * Guarantees: the same on every machine and independent of the order they are named in.
 */
export async function hashFiles(root: string, paths: readonly string[]): Promise<string> {
  const files = (await Promise.all(paths.map((path) => listFiles(root, path)))).flat().sort()
  const hash = createHash('sha256')
  for (const file of files) {
    const content = await readFile(join(root, file))
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** Tests are part of no build. */
const IGNORED = /(^\.|\.test\.tsx?$)/

async function listFiles(root: string, path: string): Promise<string[]> {
  const found = await stat(join(root, path)).catch(() => null)
  if (!found) return []
  if (!found.isDirectory()) return [path]
  const names = (await readdir(join(root, path))).filter((name) => !IGNORED.test(name))
  return (await Promise.all(names.map((name) => listFiles(root, `${path}/${name}`)))).flat()
}
