import { parseArgs } from 'node:util'
import { Fault } from '#lib/embedded/fault'

/** What a bazaar is to be. */
export interface Options {
  readonly peers: number
  readonly buyers: number
  readonly sellers: number
  readonly seconds: number
  readonly seed: number
  /** What happens to whoever trades; null: nothing. */
  readonly strike: StrikeOptions | null
  readonly isJson: boolean
  readonly isFresh: boolean
}

export interface StrikeOptions {
  readonly kind: 'kill' | 'pause'
  /** So long it trades before. */
  readonly afterSeconds: number
  readonly isRepeated: boolean
}

const flags = {
  peers: { type: 'string', default: '3' },
  buyers: { type: 'string', default: '20' },
  sellers: { type: 'string', default: '4' },
  seconds: { type: 'string', default: '30' },
  seed: { type: 'string', default: '1' },
  timeout: { type: 'string' },
  'fault-tolerance': { type: 'boolean', default: false },
  repeat: { type: 'boolean', default: false },
  pause: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  fresh: { type: 'boolean', default: false },
} as const

/** What was typed, as options. Refuses: what makes no bazaar, as a Fault with one sentence. */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({ args, options: flags })
  const seconds = whole('seconds', values.seconds, 1, 86_400)
  const peers = whole('peers', values.peers, 1, 16)
  const strike = values['fault-tolerance'] ? strikeOf({ ...values, seconds, peers }) : null
  const alone = (['timeout', 'repeat', 'pause'] as const).find((name) => values[name] && !strike)
  if (alone) throw new Fault(`--${alone} says how a trader falls ill: it needs --fault-tolerance.`)
  return {
    peers,
    buyers: whole('buyers', values.buyers, 1, 1_000),
    sellers: whole('sellers', values.sellers, 1, 100),
    seconds,
    seed: whole('seed', values.seed, 0, 2 ** 31),
    strike,
    isJson: values.json,
    isFresh: values.fresh,
  }
}

function strikeOf(typed: {
  timeout?: string | undefined
  pause: boolean
  repeat: boolean
  seconds: number
  peers: number
}): StrikeOptions {
  if (typed.peers < 2) throw new Fault('With --fault-tolerance --peers is 2 or more: nobody could take over.')
  const afterSeconds = whole('timeout', typed.timeout ?? '5', 1, 86_400)
  if (afterSeconds >= typed.seconds) {
    throw new Fault(
      `--timeout ${afterSeconds} is not within --seconds ${typed.seconds}: the bazaar would be over before anything happened.`,
    )
  }
  return { kind: typed.pause ? 'pause' : 'kill', afterSeconds, isRepeated: typed.repeat }
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  throw new Fault(`--${name} ${text} does not do: it is a whole number from ${least} to ${most}.`)
}
