import fc from 'fast-check'
import { expect, test } from 'vitest'
import { condense, sumOf } from '#lib/ledger/rules'
import { nth } from '../../scripts/test-race.ts'
import {
  backOffMs,
  confirmed,
  isTrading,
  newRecord,
  nextStep,
  payoutEntry,
  payoutFailedEntry,
  payoutPaidEntry,
  recordRun,
  refused,
  restMs,
  TIMES,
  unheard,
  type Standing,
} from './rules.ts'

/** The row in the database, and what its statements make of it, at a moment of the database's clock. */
interface Row {
  holder: number | null
  epoch: number
  expiresAt: number
}

interface Answer {
  readonly epoch: number | null
  readonly remainingMs: number
}

/** A request on its way. Its sender gives it up after a while, whether it reached the database or not. */
interface Ask {
  readonly sentAt: number
  /** The turn to be renewed; null to stand. */
  readonly epoch: number | null
  /** Nobody hears the answer. */
  readonly isLost: boolean
  reachesAt: number
  answersAt: number
  answer: Answer | null
}

/** What becomes of a request. */
interface Fate {
  readonly slowMs: number
  readonly lost: 'neither' | 'request' | 'answer'
}

/** A node with a clock of its own, that may stand still. */
interface Node {
  standing: Standing
  readonly offset: number
  frozenUntil: number
  ask: Ask | null
}

const TICK_MS = 20
const GIVE_UP_MS = 1_500

/** What the database makes of a request: also of one whose sender stands still, or has given it up. */
function reach(row: Row, node: number, ask: Ask, now: number): Answer {
  const { epoch, expiresAt, holder } = row
  if (ask.epoch !== null) {
    const isMine = holder === node && epoch === ask.epoch && expiresAt > now
    if (isMine) row.expiresAt = now + TIMES.ttlMs
    return { epoch: isMine ? epoch : null, remainingMs: 0 }
  }
  if (expiresAt > now && holder !== node) return { epoch: null, remainingMs: expiresAt - now }
  Object.assign(row, { holder: node, epoch: epoch + 1, expiresAt: now + TIMES.ttlMs })
  return { epoch: row.epoch, remainingMs: 0 }
}

/** What an answer makes of a node, as in \`lease.ts\`. */
function hear(standing: Standing, { epoch, sentAt, answer }: Ask, now: number): Standing {
  if (!answer) return unheard(standing, now)
  if (epoch === null) return answer.epoch === null ? refused(answer.remainingMs, now) : confirmed(answer.epoch, sentAt)
  if (standing.role !== 'trader' || standing.epoch !== epoch) return standing
  return answer.epoch === null ? { role: 'candidate', askAt: now } : confirmed(epoch, sentAt)
}

/** One beat of a node's loop. */
function live(node: Node, now: number, nextFate: () => Fate): void {
  const own = now + node.offset
  if (now < node.frozenUntil || (node.ask && now < node.ask.answersAt)) return
  if (node.ask) node.standing = hear(node.standing, node.ask, own)
  node.ask = null
  const step = nextStep(node.standing, own)
  if (step.do === 'step-down') node.standing = { role: 'candidate', askAt: own }
  if (step.do !== 'stand' && step.do !== 'renew') return
  const { slowMs, lost } = nextFate()
  node.ask = {
    sentAt: own,
    epoch: step.do === 'renew' ? step.epoch : null,
    isLost: lost !== 'neither',
    reachesAt: lost === 'request' ? Infinity : now + slowMs,
    answersAt: now + (lost === 'neither' ? 2 * slowMs : GIVE_UP_MS),
    answer: null,
  }
}

test('at no moment do two nodes take themselves for the trader, whatever is slow, lost or stands still', () => {
  const freeze = fc.record({ node: fc.nat(2), at: fc.nat(40_000), forMs: fc.nat(9_000) })
  const fate = fc.record({ slowMs: fc.nat(1_400), lost: fc.constantFrom('neither', 'neither', 'request', 'answer') })
  const offsets = fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 3, maxLength: 3 })
  let turns = 0
  fc.assert(
    fc.property(
      fc.array(freeze, { maxLength: 12 }),
      fc.array(fate as fc.Arbitrary<Fate>, { minLength: 1, maxLength: 40 }),
      offsets,
      (freezes, fates, clocks) => {
        const row: Row = { holder: null, epoch: 0, expiresAt: 0 }
        const nodes = clocks.map((offset): Node => {
          return { standing: { role: 'candidate', askAt: -Infinity }, offset, frozenUntil: 0, ask: null }
        })
        let asked = 0
        const nextFate = () => nth(fates, asked++)
        for (let now = 0; now < 40_000; now += TICK_MS) {
          for (const { at, forMs, node } of freezes) {
            if (Math.floor(at / TICK_MS) * TICK_MS === now) nth(nodes, node).frozenUntil = at + forMs
          }
          nodes.forEach((node, index) => {
            const { ask } = node
            if (ask && ask.reachesAt <= now) {
              const answer = reach(row, index, ask, now)
              ask.reachesAt = Infinity

              if (!ask.isLost) ask.answer = answer
            }
            live(node, now, nextFate)
          })
          const trading = nodes.filter((node) => isTrading(node.standing, now + node.offset))
          expect(trading.length).toBeLessThanOrEqual(1)
        }
        turns += row.epoch
      },
    ),
    { numRuns: 100 },
  )
  expect(turns).toBeGreaterThan(300)
})

test('a trader that is heard renews long before it would have to step down', () => {
  const standing = confirmed(7, 1_000)
  expect(nextStep(standing, 2_999)).toEqual({ do: 'wait', ms: 1 })
  expect(nextStep(standing, 3_000)).toEqual({ do: 'renew', epoch: 7 })
  expect(nextStep(unheard(standing, 3_000), 3_100)).toEqual({ do: 'wait', ms: 100 })
  expect(nextStep(unheard(standing, 3_000), 3_200)).toEqual({ do: 'renew', epoch: 7 })
})

test('a trader that is not heard for four seconds stops, and does nothing else first', () => {
  const standing = confirmed(7, 1_000)
  expect([isTrading(standing, 4_999), isTrading(standing, 5_000)]).toEqual([true, false])
  expect(nextStep(standing, 5_000)).toEqual({ do: 'step-down' })
  expect(nextStep(standing, 60_000)).toEqual({ do: 'step-down' })
})

test('a candidate looks again when the lease is over, and at least once a second', () => {
  expect(nextStep(refused(400, 0), 0)).toEqual({ do: 'wait', ms: 400 })
  expect(nextStep(refused(5_000, 0), 0)).toEqual({ do: 'wait', ms: 1_000 })
  expect(nextStep(refused(0, 0), 10)).toEqual({ do: 'stand' })
})

test('a duty that fails rests longer each time, never longer than its period or ten seconds, and works on when it can', () => {
  expect([1, 2, 3, 10, 400].map((failing) => backOffMs(failing, 1_000))).toEqual([500, 1_000, 2_000, 10_000, 10_000])
  expect(backOffMs(400, 60_000)).toBe(60_000)
  const duty = { periodMs: 1_000, batch: 10 }
  expect(restMs(duty, { failing: 0 }, 9)).toBe(1_000)
  expect(restMs(duty, { failing: 0 }, 10)).toBe(0)
  expect(restMs(duty, { failing: 2 }, 0)).toBe(1_000)
})

test('a record counts what was done and what failed, and forgets failures in a row with the first success', () => {
  const at = new Date(1)
  const run = { at, lagMs: 1.4, tookMs: 2.6, done: 3, failure: null }
  const failed = recordRun(recordRun(newRecord('settle'), { ...run, failure: 'no' }), { ...run, failure: 'nor now' })
  expect(failed).toMatchObject({ runs: 2, failures: 2, failing: 2, lastError: 'nor now', succeededAt: null })
  expect(recordRun(failed, run)).toMatchObject({
    ...{ runs: 3, failures: 2, failing: 0, done: 9, lagMs: 1, tookMs: 3, succeededAt: at },
  })
})

test('a payout leaves nothing on its way, whether it is paid or refused', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 12n }), (amountCents) => {
      const payout = { id: 'p', sellerId: 's', amountCents, currency: 'EUR' }
      const begun = payoutEntry('1', payout)
      for (const end of [payoutPaidEntry('2', payout), payoutFailedEntry('3', payout)]) {
        expect([sumOf(begun.postings), sumOf(end.postings)]).toEqual([0n, 0n])
        const both = condense({ ...begun, postings: [...begun.postings, ...end.postings] })
        expect(both.postings.filter(({ account }) => account.kind === 'paying_out')).toEqual([])
        const kept = both.postings.find(({ account }) => account.kind === 'seller')?.amountCents ?? 0n
        expect(kept).toBe(end.kind === 'payout_paid' ? -amountCents : 0n)
      }
    }),
  )
})
