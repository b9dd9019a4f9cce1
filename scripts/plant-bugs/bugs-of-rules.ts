import type { Bug, Killer } from './bug.ts'

const RULES = 'lib/inventory/rules'
const pure: Killer = { file: `${RULES}/grant.test.ts` }

/** Wrong decisions, which a test of the pure rules notices within a second. */
export const bugsOfRules: readonly Bug[] = [
  {
    name: 'no-availability-check',
    harm: 'sells pieces that are not there',
    edits: [{ file: `${RULES}/line.ts`, find: 'if (more - offered > free) {', replace: 'if (more < 0) {' }],
    killer: pure,
  },
  {
    name: 'running-sum',
    harm: 'a refused request uses up what it did not get',
    edits: [
      {
        file: `${RULES}/line.ts`,
        find: 'const free = row.waiting > 0 ? 0 : row.available\n',
        replace: `const asked = book.counts.lines.get(variantId) ?? 0
  book.counts.lines.set(variantId, asked + more)
  const free = row.waiting > 0 ? 0 : (book.before.find((each) => each === row || each.variantId === variantId)?.available ?? 0) - asked
`,
      },
    ],
    killer: pure,
  },
  {
    name: 'newcomer-passes',
    harm: 'a freed piece goes to whoever asks next instead of the first in line',
    edits: [
      { file: `${RULES}/line.ts`, find: 'row.waiting > 0 ? 0 : row.available', replace: 'row.available' },
      {
        file: `${RULES}/grant.ts`,
        find: '    serveWaitlist(book, request.variantId)\n    return answer\n  })\n',
        replace: '    return answer\n  })\n  for (const row of shelf.stock) serveWaitlist(book, row.variantId)\n',
      },
    ],
    killer: pure,
  },
  {
    name: 'last-first',
    harm: 'the line is served from its end',
    edits: [
      {
        file: `${RULES}/waitlist.ts`,
        find: 'of book.queues.get(variantId) ?? []',
        replace: 'of book.queues.get(variantId)?.toReversed() ?? []',
      },
    ],
    killer: pure,
  },
  {
    name: 'offer-not-passed-on',
    harm: 'an offer that nobody takes keeps its pieces for good',
    edits: [
      {
        file: `${RULES}/grant.ts`,
        find: 'if (entry.offeredUntil && entry.offeredUntil <= shelf.now) dropEntry(book, entry)',
        replace: 'if (!entry.offeredUntil && entry.wanted === 0) dropEntry(book, entry)',
      },
    ],
    killer: pure,
  },
  {
    name: 'position-by-the-clock',
    harm: 'two who join in one second are in no order',
    edits: [
      {
        file: `${RULES}/waitlist.ts`,
        find: 'position: row.nextPosition,',
        replace: 'position: Math.floor(book.now.getTime() / 1000) % 2 ** 31,',
      },
    ],
    killer: pure,
  },
  {
    name: 'cap-without-bought',
    harm: 'a buyer has the cap again after each order',
    edits: [
      {
        file: `${RULES}/line.ts`,
        find: 'return ownedOf(book, cartId, row.productId) + more - row.cap',
        replace:
          'return ownedOf(book, cartId, row.productId) - (lineOf(book, cartId, variantId)?.bought ?? 0) + more - row.cap',
      },
    ],
    killer: pure,
  },
  {
    name: 'no-cooldown',
    harm: 'one buyer keeps the last piece for ever',
    edits: [
      {
        file: `${RULES}/line.ts`,
        find: '(line?.expiresAt.getTime() ?? -Infinity) + limits.cooldownMs',
        replace: 'line?.expiresAt.getTime() ?? -Infinity',
      },
    ],
    killer: pure,
  },
  {
    name: 'growth-extends-the-hold',
    harm: 'asking for one more starts the time anew',
    edits: [
      {
        file: `${RULES}/line.ts`,
        find: "if (line?.state === 'held') return { expiresAt: line.expiresAt,",
        replace: "if (line?.state === 'held') return { expiresAt: new Date(now.getTime() + ttlMs),",
      },
    ],
    killer: pure,
  },
  {
    name: 'checkout-expires',
    harm: 'pieces that are being paid for are sold to somebody else',
    edits: [{ file: `${RULES}/grant.ts`, find: " && hold.kind !== 'checkout' &&", replace: ' &&' }],
    killer: pure,
  },
  {
    name: 'given-back-twice',
    harm: 'a lapsed line that is removed makes pieces out of nothing',
    edits: [
      {
        file: `${RULES}/book.ts`,
        find: "return line?.state === 'held' ? line.quantity : 0",
        replace: "return line && line.state !== 'released' ? line.quantity : 0",
      },
    ],
    killer: pure,
  },
]
