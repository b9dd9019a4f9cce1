import type { TraderView } from '#lib/trader/schema'

type Term = TraderView['terms'][number]

/** Who trades, in a sentence. */
export function traderWords({ at, current }: Pick<TraderView, 'at' | 'current'>): string {
  if (!current) return 'Nobody trades just now. A node that runs takes over within seconds.'
  const { node, epoch, since } = current
  return `${node} trades${since ? `, for ${spanWords(since, at)} now` : ''}: turn ${epoch}.`
}

/** Why a turn ended. */
export function endWords({ why, endedAt }: Pick<Term, 'why' | 'endedAt'>): string {
  if (endedAt === null) return 'Goes on'
  switch (why) {
    case 'released':
      return 'Handed over'
    case 'expired':
      return 'Not renewed'
    case 'stepped_down':
      return 'Lost touch, and was elected anew'
    case null:
      return 'Ended'
  }
}

const DUTIES: Readonly<Record<string, string>> = {
  expire: 'Take back what carts and offers held too long',
  'publish-queue': 'Put queued pieces on sale',
  settle: 'Give sellers their money',
  'pay-out': 'Pay balances out',
  'resume-payouts': 'Go on with payouts',
  'reap-checkouts': 'End checkouts that got stuck',
  'resume-refunds': 'Go on with refunds',
  'receive-late': 'Count old parcels as delivered',
  'cancel-late': 'Call off what nobody sent',
  'send-webhooks': 'Hand on the sandbox’s webhooks',
  'free-jobs': 'Put back work that nodes died with',
  'prune-lines': 'Forget old lines of carts',
  'prune-carts': 'Forget visitors’ old carts',
  'prune-orders': 'Forget orders that came to nothing',
  'prune-keys': 'Forget old answers',
  'prune-events': 'Forget old events of providers',
}

/** What a duty does; of one that is new here there is only the name. */
export function dutyWords(name: string): string {
  return DUTIES[name] ?? name
}

/** "3 s ago", as of when the page was read; null of what never was. */
export function agoWords(time: string | null, at: string): string | null {
  return time && `${spanWords(time, at)} ago`
}

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
] as const

/** The time between two moments in its largest whole unit. Clocks of nodes differ a little: what is not over yet is 0 s. */
export function spanWords(from: string, to: string): string {
  const seconds = Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 1_000))
  const [unit, size] = UNITS.find(([, each]) => seconds >= each) ?? ['s', 1]
  return `${Math.floor(seconds / size)} ${unit}`
}

/** "12 ms", "3.4 s". What came a moment early, as timers do, was not late. */
export function msWords(measured: number): string {
  const ms = Math.max(0, measured)
  return ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`
}
