import fc from 'fast-check'
import { expect, test } from 'vitest'
import { netOf, tracePayouts, type Posted } from './trace.ts'

let made = 0
const posting = (kind: Posted['kind'], netCents: bigint, subjectId = `s${made}`): Posted => ({
  entryId: `e${made++}`,
  number: 0,
  kind,
  subjectId,
  sourceId: `l${made}`,
  netCents,
  commissionCents: netCents / 10n,
  taxCents: netCents / 5n,
})

const partsOf = (postings: Posted[], payoutId: string) =>
  tracePayouts(postings)
    .payouts.get(payoutId)
    ?.parts.map(({ entryId, netCents }) => [entryId, netCents])

test('a payout takes all that is not paid out, refunds too, and the next begins after it', () => {
  const [a, b, back] = [posting('settlement', 400n), posting('settlement', 300n), posting('refund', -100n)]
  const [c, late] = [posting('settlement', 50n), posting('refund', -20n)]
  const postings = [a, b, back, posting('payout', -600n, 'p1'), late, c, posting('payout', -30n, 'p2')]
  expect(partsOf(postings, 'p1')).toEqual([a, b, back].map((each) => [each.entryId, each.netCents]))
  expect(partsOf(postings, 'p2')).toEqual([late, c].map((each) => [each.entryId, each.netCents]))
  expect(tracePayouts(postings).left).toEqual([])
})

test('a payout of less takes the oldest, and the newest stays behind, in two parts if need be', () => {
  const [a, b] = [posting('settlement', 400n), posting('settlement', 301n)]
  const postings = [a, b, posting('payout', -500n, 'p1'), posting('payout', -201n, 'p2')]
  expect(partsOf(postings, 'p1')).toEqual([
    [a.entryId, 400n],
    [b.entryId, 100n],
  ])
  expect(partsOf(postings, 'p2')).toEqual([[b.entryId, 201n]])
  const { payouts } = tracePayouts(postings)
  const shares = [...payouts.values()].flatMap(({ parts }) => parts.filter(({ entryId }) => entryId === b.entryId))
  expect(shares.reduce((sum, share) => sum + share.commissionCents, 0n)).toBe(b.commissionCents)
  expect(shares.reduce((sum, share) => sum + share.taxCents, 0n)).toBe(b.taxCents)
})

test('a refund that was written between the look at the balance and the payout is the next payout’s', () => {
  const [a, back, c] = [posting('settlement', 400n), posting('refund', -150n), posting('settlement', 200n)]
  const postings = [a, back, posting('payout', -400n, 'p1'), c, posting('payout', -50n, 'p2')]
  expect(partsOf(postings, 'p1')).toEqual([[a.entryId, 400n]])
  expect(partsOf(postings, 'p2')).toEqual([
    [back.entryId, -150n],
    [c.entryId, 200n],
  ])
})

test('what a failed payout took is paid out by the next, before what came meanwhile', () => {
  const [a, b] = [posting('settlement', 400n), posting('settlement', 70n)]
  const postings = [
    a,
    posting('payout', -400n, 'p1'),
    b,
    posting('payout_failed', 400n, 'p1'),
    posting('payout', -430n, 'p2'),
  ]
  expect(partsOf(postings, 'p2')).toEqual([
    [a.entryId, 400n],
    [b.entryId, 30n],
  ])
  expect(tracePayouts(postings).left).toMatchObject([{ entryId: b.entryId, netCents: 40n }])
})

test('a payout of more than was owed says how much of it nothing explains', () => {
  const postings = [posting('settlement', 100n), posting('payout', -101n, 'p1')]
  expect(tracePayouts(postings).payouts.get('p1')).toMatchObject({ amountCents: 101n, missingCents: 1n })
})

test('whatever happens to an account, every cent is in one payout or still there, and nothing is missing', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('settlement' as const), cents: fc.bigInt({ min: 1n, max: 5_000n }) }),
    fc.record({ kind: fc.constant('refund' as const), cents: fc.bigInt({ min: 1n, max: 3_000n }) }),
    fc.record({ kind: fc.constant('payout' as const), cents: fc.bigInt({ min: 0n, max: 100n }) }),
    fc.record({ kind: fc.constant('payout_failed' as const), cents: fc.constant(0n) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const postings: Posted[] = []
      const last: Posted[] = []
      for (const { kind, cents } of steps) {
        const balance = netOf(postings)
        if (kind === 'settlement') postings.push(posting(kind, cents))
        if (kind === 'refund') postings.push(posting(kind, -cents))
        const failing = kind === 'payout_failed' ? last.pop() : undefined
        if (failing) postings.push(posting('payout_failed', -failing.netCents, failing.subjectId))
        // Some of the balance: all of it in one of two cases.
        const amount = (balance * (cents > 50n ? 100n : cents)) / 100n
        if (kind === 'payout' && amount > 0n) {
          const payout = posting('payout', -amount, `p${postings.length}`)
          last[0] = payout
          postings.push(payout)
        }
      }
      const { payouts, left } = tracePayouts(postings)
      expect(netOf(left)).toBe(netOf(postings))
      for (const { amountCents, parts, missingCents } of payouts.values()) {
        expect([missingCents, netOf(parts)]).toEqual([0n, amountCents])
      }
      const failed = new Set(postings.filter(({ kind }) => kind === 'payout_failed').map(({ subjectId }) => subjectId))
      const ended = [...payouts].flatMap(([id, { parts }]) => (failed.has(id) ? [] : parts))
      const shares = Map.groupBy([...ended, ...left], ({ entryId }) => entryId)
      const sources = postings.filter(({ kind }) => kind === 'settlement' || kind === 'refund')
      expect(shares.size).toBe(sources.length)
      for (const source of sources) {
        const parts = shares.get(source.entryId) ?? []
        expect(netOf(parts)).toBe(source.netCents)
        expect(parts.reduce((sum, part) => sum + part.commissionCents, 0n)).toBe(source.commissionCents)
      }
    }),
    { numRuns: 500 },
  )
})
