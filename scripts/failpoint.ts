import pg from 'pg'

/** Before which of its own statements a process is to get which signal, once. */
export interface Failpoint {
  /** What stands in the statement. */
  readonly before: string
  readonly signal: 'SIGSTOP' | 'SIGKILL'
  /** Only that soon: whoever armed it waits no longer. */
  readonly withinMs?: number
}

/**
 * Watches every statement of this process, and returns what arms a point: the moment after the node's last look at its clock
 * and before the statement is on its way to the database. Only on connections of that application, where one is named;
 * `strike` hears of it first.
 */
export function watchStatements({
  application,
  strike = () => undefined,
}: { application?: string; strike?: (failpoint: Failpoint) => void } = {}): (failpoint: Failpoint) => void {
  let armed: Failpoint | null = null
  let until = Infinity
  const client = pg.Client.prototype as { query: (...args: unknown[]) => unknown }
  const { query } = client
  client.query = function (this: { connectionParameters?: { application_name?: string } }, ...args: unknown[]) {
    const [asked] = args as [string | { text?: string }]
    const text = typeof asked === 'string' ? asked : (asked.text ?? '')
    const isWatched = application === undefined || this.connectionParameters?.application_name === application
    if (armed && isWatched && performance.now() < until && text.includes(armed.before)) {
      const failpoint = armed
      armed = null
      strike(failpoint)
      process.kill(process.pid, failpoint.signal)
    }
    return query.apply(this, args)
  }
  return (failpoint) => {
    armed = failpoint
    until = performance.now() + (failpoint.withinMs ?? Infinity)
  }
}
