import { readFileSync } from 'node:fs'

/** A pace over which a machine is kept waiting so much that what it does in time says little of the code. */
export const STARVED = 1.3

/**
 * Watches what the machine gives from now on; the answer says how many times longer work took than on processors of its own.
 * A limit on time in a test is multiplied by it: a shared machine may be kept waiting most of the time, which is no fault of
 * what is tested. 1 at least, and wherever the system does not tell.
 */
export function watchPace(): () => number {
  const before = readProcessors()
  return () => {
    const now = readProcessors()
    const ran = now.ran - before.ran
    return ran > 0 ? 1 + (now.withheld - before.withheld) / ran : 1
  }
}

/** For how long the processors ran, and for how long they would have but were others'. Units: ticks. Source: proc_stat(5). */
function readProcessors(): { ran: number; withheld: number } {
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, withheld = 0] = readStat().split(/\s+/).map(Number)
  return { ran: user + nice + system + irq + softirq, withheld }
}

function readStat(): string {
  try {
    return readFileSync('/proc/stat', 'utf8').split('\n', 1)[0] ?? ''
  } catch {
    return ''
  }
}
