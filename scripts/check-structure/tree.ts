import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Tree } from './modules.ts'

const skipped = [
  'node_modules',
  'dist',
  'generated',
  'migrations',
  'test-results',
  'playwright-report',
  'coverage',
  'public',
]

/** Reads a checkout's code and READMEs. Folders whose name begins with a dot, and what is generated, are left out. */
export async function readTree(root: string): Promise<Tree> {
  const tree = new Map<string, string>()
  for (const path of await listFiles(root)) {
    tree.set(relative(root, path).split(sep).join('/'), await readFile(path, 'utf8'))
  }
  return tree
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const nested = entries.map(async (entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name.startsWith('.') || skipped.includes(entry.name) ? [] : listFiles(path)
    return /\.(ts|tsx|js|md)$/.test(entry.name) && entry.name !== 'next-env.d.ts' ? [path] : []
  })
  return (await Promise.all(nested)).flat().sort()
}
