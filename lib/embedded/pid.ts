import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { promisify } from 'node:util'

/** Whether the process runs; one that ended but that nobody has reaped does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return process.platform !== 'linux' || commandLine(pid) !== ''
}

/**
 * Whether the process is the PostgreSQL server of that folder. `claimed` is the folder the server wrote down at its start.
 * After a reboot its number may be anybody's, and in a copied folder it is that of the original's server.
 */
export async function isServerOf(cluster: string, pid: number, claimed: string): Promise<boolean> {
  if (!(await commandOf(pid)).includes('postgres')) return false
  // A server works in its folder: the system knows it also after the folder was moved.
  const actual = process.platform === 'linux' ? await realpath(`/proc/${pid}/cwd`).catch(() => claimed) : claimed
  return (await realpath(actual).catch(() => actual)) === (await realpath(cluster))
}

async function commandOf(pid: number): Promise<string> {
  if (process.platform === 'linux') return commandLine(pid)
  const ps = await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => null)
  return ps?.stdout ?? ''
}

/** Sends a signal; a process that is gone already is fine. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Empty for a zombie. Read at once, as a server that is waited for is asked many times a second. */
function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
