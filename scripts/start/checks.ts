import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { access, constants, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { Fault } from '#lib/embedded/fault'

/** Refuses a port that cannot be listened on; asked before anything slow is done. Port 0 is any free one. */
export async function checkPort(host: string, port: number): Promise<void> {
  if (port === 0) return
  const probe = createServer()
  try {
    const listening = once(probe, 'listening')
    probe.listen(port, host)
    await listening
  } catch (error) {
    throw portFault(host, port, error) ?? error
  }
  probe.close()
  await once(probe, 'close')
}

/** The sentence for what `listen` threw; null for what it does not know. */
export function portFault(host: string, port: number, error: unknown): Fault | null {
  switch ((error as { code: string }).code) {
    case 'EADDRINUSE':
      return new Fault(
        `Port ${port} is taken by another program: stop it, or choose another, for example PORT=${port + 1} npm start.`,
      )
    case 'EACCES':
      return new Fault(
        `Port ${port} may not be used by this user: choose one above 1023, for example PORT=3000 npm start.`,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new Fault(`HOST=${host} is no address of this machine: use 127.0.0.1, or 0.0.0.0 for all of them.`)
    default:
      return null
  }
}

/** Refuses a data folder that cannot be made or written. */
export async function checkDataFolder(folder: string): Promise<void> {
  const probe = join(folder, `.write-probe-${process.pid}`)
  try {
    await makeFolder(folder)
    await writeFile(probe, '')
    await rm(probe)
  } catch (error) {
    const { code = 'an error' } = error as NodeJS.ErrnoException
    throw new Fault(
      `The data folder ${folder} cannot be written (${code}): change that, or set DATA_DIR to one that can.`,
    )
  }
}

/** The sentence for a checkout in which this user can make nothing; null where that does not stand in the way. */
export async function checkoutFault(root: string): Promise<Fault | null> {
  for (const folder of [root, join(root, 'node_modules'), join(root, '.next'), join(root, 'prisma', 'generated')]) {
    const code = await access(folder, constants.W_OK).then(
      () => 'ENOENT',
      (error: NodeJS.ErrnoException) => error.code,
    )
    if (code === 'ENOENT') continue
    return new Fault(
      `The pages have to be built and ${folder} cannot be written (${code}): start Souk once as the user it belongs to.`,
    )
  }
  return null
}

/**
 * The secret that signs sessions, made once per data folder and shared by the nodes on it.
 * Concurrency: of two nodes that make one at once both return the same.
 */
export async function keepSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, 'secret')
  const known = await readFile(file, 'utf8').catch(() => '')
  if (known.trim().length >= 32) return known.trim()
  const mine = join(dataDir, `.secret-${process.pid}`)
  await writeFile(mine, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
  // Linking fails where the file exists, which renaming would overwrite: the first one stays.
  await link(mine, file).catch(() => undefined)
  await rm(mine)
  return (await readFile(file, 'utf8')).trim()
}

/** Node's own recursive one asks for ever where the system says of a folder it refuses that it is not there, as /proc does. */
async function makeFolder(folder: string): Promise<void> {
  const make = () =>
    mkdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  try {
    await make()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error
    await makeFolder(dirname(folder))
    await make()
  }
}
