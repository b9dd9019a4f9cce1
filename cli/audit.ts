import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { auditStock, type StockAudit } from '#lib/inventory/queries'
import type { StockBreach } from '#lib/inventory/sql/audit'
import { withDatabase } from './database.ts'

export const auditHelp = `souk audit [--watch] [--json]

  Reads the database and proves, for every product version, that no piece is lost or made up:
    pieces in the house = free + held by carts and checkouts + offered to who waits
    pieces in the house = all recorded deposits, sales, returns and withdrawals
    free is never below nothing, and nothing where somebody waits
    the counts of waitlists and of pieces held anonymously are what they count
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
      const found = await auditStock()
      console.log(values.json ? JSON.stringify(found) : wordsOf(found))
      if (found.breaches.length > 0) return 1
      if (!values.watch || interrupted.signal.aborted) return 0
      await sleep(1_000, undefined, { signal: interrupted.signal }).catch(() => undefined)
      if (interrupted.signal.aborted) return 0
    }
  })
}

function wordsOf({ variants, pieces, held, offered, movements, breaches }: StockAudit): string {
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
