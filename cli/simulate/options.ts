import { parseArgs } from 'node:util'
import { Fault } from '#lib/embedded/fault'

export interface Options {
  readonly file: string
  /** What a consumer does who finds none: tries again after a while, or joins the waitlist. */
  readonly wait: 'poll' | 'waitlist'
  /** A market that runs; null: one is started. */
  readonly url: string | null
  readonly timeoutSeconds: number
  readonly isJson: boolean
}

const flags = {
  wait: { type: 'string', default: 'poll' },
  url: { type: 'string' },
  timeout: { type: 'string', default: '300' },
  json: { type: 'boolean', default: false },
} as const

/** What was typed, as options. Refuses: what makes no simulation, as a Fault with one sentence. */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parseArgs({ args, options: flags, allowPositionals: true })
  const [file, ...others] = positionals
  if (!file || others.length > 0) throw new Fault('Say which scenario: souk simulate <scenario.json>.')
  const { wait } = values
  if (wait !== 'poll' && wait !== 'waitlist') throw new Fault(`--wait ${wait} does not do: it is poll or waitlist.`)
  const timeoutSeconds = Number(values.timeout)
  if (!Number.isInteger(timeoutSeconds) || timeoutSeconds < 1 || timeoutSeconds > 86_400) {
    throw new Fault(`--timeout ${values.timeout} does not do: it is a whole number of seconds from 1 to 86400.`)
  }
  const url = values.url === undefined ? null : URL.parse(values.url)
  if (values.url !== undefined && !/^https?:$/.test(url?.protocol ?? '')) {
    throw new Fault(`${values.url} is not the address of a market.`)
  }
  return { file, wait, url: url?.origin ?? null, timeoutSeconds, isJson: values.json }
}
