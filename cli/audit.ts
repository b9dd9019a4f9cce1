import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { auditStock, type StockAudit } from '#lib/inventory/queries'
import type { StockBreach } from '#lib/inventory/sql/audit'
import { formatMoney } from '#lib/money'
import { auditMoney, type MoneyAudit } from '#lib/orders/queries'
import { auditReviews, type ReviewAudit } from '#lib/reviews/queries'
import { withDatabase } from './database.ts'

export const auditHelp = `souk audit [--watch] [--json]

  Reads the database and proves, for every product version, that no piece is lost or made up:
    pieces in the house = free + held by carts and checkouts + offered to who waits
    pieces in the house = all recorded deposits, sales, returns and withdrawals
    free is never below nothing, and nothing where somebody waits
    the counts of waitlists and of pieces held anonymously are what they count
  and for every cent that none is lost or made up:
    every journal entry sums to nothing, and sellers' balances are what was posted
    every paid order is in the ledger once, whole, with a captured payment; no other order is
    lines and commissions sum to seller orders, those to the order
    escrow is what was paid less what was refunded, and empty after the settlement
    what is on its way back to buyers is what refunds that are not over come to
  and for every rating of a shop or a product:
    it is the count of the reviews that are shown
  Safe while the market is busy. Exit code 0: all of it holds; 1: something does not, and what.

  --watch  again each second until Ctrl-C or the first breach
  --json   one JSON object a line`

/** Runs the audit once, or each second. Returns the exit code. */
export async function audit(args: string[]): Promise<number> {
  const options = { watch: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } } as const
  const { values } = parseArgs({ args, options })
  const interrupted = new AbortController()
  process.once('SIGINT', () => interrupted.abort())
  return withDatabase(async () => {
    for (;;) {
      const stock = await auditStock()
      const money = await auditMoney()
      const ratings = await auditReviews()
      const words = () => [stockWords(stock), moneyWords(money), ratingWords(ratings)].join('\n')
      console.log(values.json ? jsonOf({ ...stock, money, ratings }) : words())
      if (stock.breaches.length + money.breaches.length + ratings.breaches.length > 0) return 1
      if (!values.watch || interrupted.signal.aborted) return 0
      await sleep(1_000, undefined, { signal: interrupted.signal }).catch(() => undefined)
      if (interrupted.signal.aborted) return 0
    }
  })
}

/** Cents as text: a JSON number would pass through a float. */
function jsonOf(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? each.toString() : each))
}

function moneyWords({ accounts, breaches }: MoneyAudit): string {
  const sums = accounts.filter(({ postings }) => postings > 0)
  const scope = sums.map(({ kind, currency, cents }) => `${kind} ${formatMoney(cents, 'en-IE', currency)}`).join(', ')
  if (breaches.length === 0) return `✓ Money adds up: ${scope || 'none has moved yet'}.`
  const rows = breaches.map(
    ({ what, id, foundCents, expectedCents }) =>
      `  ${id}  ${what}: found ${formatMoney(foundCents)}, expected ${formatMoney(expectedCents)}`,
  )
  return [`✗ ${breaches.length} sums of money do not add up:`, ...rows].join('\n')
}

function ratingWords({ reviews, breaches }: ReviewAudit): string {
  if (breaches.length === 0) return `✓ Ratings add up: ${reviews} reviews.`
  const rows = breaches.map(
    ({ what, id, up, down, expectedUp, expectedDown }) =>
      `  ${id}  ${what}: ${up} up and ${down} down, reviews say ${expectedUp} and ${expectedDown}`,
  )
  return [`✗ ${breaches.length} ratings do not add up:`, ...rows].join('\n')
}

function stockWords({ variants, pieces, held, offered, movements, breaches }: StockAudit): string {
  const scope = `${variants} versions, ${pieces} pieces, ${held} of them held and ${offered} offered, ${movements} movements`
  if (breaches.length === 0) return `✓ Stock adds up: ${scope}.`
  return [`✗ ${breaches.length} of ${scope} do not add up:`, ...breaches.flatMap(breachWords)].join('\n')
}

function breachWords(row: StockBreach): string[] {
  const { onHand, available, held, offered } = row
  const faults = [
    `in the house ${onHand}, free ${available} + held ${held} + offered ${offered} = ${available + held + offered}, movements ${row.moved}`,
    row.anonymous === row.heldAnonymous ? '' : `held anonymously ${row.heldAnonymous}, counted ${row.anonymous}`,
    row.waiting === row.inLine ? '' : `waiting ${row.inLine}, counted ${row.waiting}`,
    row.entries === row.places ? '' : `places in the waitlist ${row.places}, counted ${row.entries}`,
    row.unserved === 0 ? '' : `free ${row.unserved}, although ${row.waiting} wait`,
  ]
  return [`  ${row.variantId}  ${row.title}`, ...faults.filter(Boolean).map((fault) => `    ${fault}`)]
}
