import { setTimeout as sleep } from 'node:timers/promises'
import { db, sql } from '#lib/db'
import type { StrikeOptions } from './options.ts'
import type { Peer, Peers } from '../runner/peers.ts'

/** Somebody trades: from its first duty on. */
export interface Election {
  readonly epoch: number
  /** As the history calls it, and as the bazaar does; undefined for one that the bazaar does not know. */
  readonly node: string
  readonly peer: Peer | undefined
  readonly at: Date
}

/** How long a pause is: longer than a lease. */
const PAUSE_MS = 8_000
const PATIENCE_MS = 60_000

/** The highest epoch there was. */
export async function lastEpoch(): Promise<number> {
  const [row] = await db.run(sql<{ epoch: number }>`select coalesce(max(epoch), 0)::int as epoch from trader_term`)
  return row?.epoch ?? 0
}

/** The first turn after that epoch that has done something, once there is one. */
export async function electionAfter(epoch: number, peers: Peers): Promise<Election> {
  const until = performance.now() + PATIENCE_MS
  for (;;) {
    const [row] = await db.run(sql<{ epoch: number; node: string; at: Date }>`
      select term.epoch, term.node, min(probe.at) as at
      from trader_term as term
      join bazaar_probe as probe on probe.epoch = term.epoch
      where term.epoch > ${epoch}
      group by term.epoch, term.node
      order by term.epoch
      limit 1`)
    if (row) return { ...row, peer: peers.list().find(({ pid }) => row.node.includes(`:${pid}:`)) }
    if (performance.now() > until) throw new Error(`Nobody traded within ${PATIENCE_MS / 1_000} s after turn ${epoch}.`)
    await sleep(20)
  }
}

/** What the bazaar says of whoever trades. */
export interface Herald {
  struck(election: Election, kind: StrikeOptions['kind']): void
  takenOver(election: Election, afterMs: number): void
  joined(peer: Peer): void
  wentOn(election: Election): void
}

/**
 * Has whoever trades die or stand still, after so many seconds of trading, once or until it is over. Resolves to how long
 * nobody traded each time: from the moment it was struck to the next one's first duty.
 * Every other pause begins between the trader's look at its clock and the first statement of a transaction.
 */
export async function strikeTraders(
  first: Election,
  { peers, strike, herald, over }: { peers: Peers; strike: StrikeOptions; herald: Herald; over: AbortSignal },
): Promise<number[]> {
  const took: number[] = []
  let trading = first
  do {
    await sleep(strike.afterSeconds * 1_000, undefined, { signal: over }).catch(() => undefined)
    if (over.aborted) return took
    const { epoch } = trading
    trading = await electionAfter(Math.max(epoch, await lastEpoch()) - 1, peers)
    const { peer } = trading
    if (!peer) throw new Error(`No node of this bazaar is ${trading.node}.`)
    const struckAt = await hit(peer, strike.kind, took.length)
    herald.struck(trading, strike.kind)
    const next = await electionAfter(trading.epoch, peers)
    took.push(next.at.getTime() - struckAt)
    herald.takenOver(next, next.at.getTime() - struckAt)
    if (strike.kind === 'kill') herald.joined(await peers.add())
    else {
      await sleep(Math.max(0, struckAt + PAUSE_MS - Date.now()))
      peer.goOn()
      herald.wentOn(trading)
    }
    trading = next
  } while (strike.isRepeated)
  return took
}

async function hit(peer: Peer, kind: StrikeOptions['kind'], count: number): Promise<number> {
  if (kind === 'pause') return peer.pause(count % 2 === 0 ? 'begin' : null)
  const at = Date.now()
  peer.kill()
  return at
}
