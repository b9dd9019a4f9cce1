import { parseArgs } from 'node:util'
import { isId } from '#lib/ids'
import { formatMoney } from '#lib/money'
import { explainBalance, explainPayout, getShopByHandle } from '#lib/orders/queries/balance'
import type { ExplanationView } from '#lib/orders/schema/balance'
import { withDatabase } from './database.ts'

export const explainHelp = `souk explain <seller handle | payout id> [--json]

  Traces every cent of a payout, or of what a seller could be paid now, to order lines: number, title, what the buyer paid,
  commission, tax, and what of it is in the sum. First in, first out: a payout takes what was not paid out before it; a refund
  after it is carried into the next.
  Exit code 0: the lines sum to the amount, and each gave the seller what its order says; 1: something does not, and what.

  --json   one JSON object a line, up to 500 order lines in each`

/** Explains a balance or a payout. Returns the exit code. */
export async function explain(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  })
  const [subject, ...others] = positionals
  if (!subject || others.length > 0) {
    console.error(`Say whose balance or which payout.\n\n${explainHelp}`)
    return 2
  }
  return withDatabase(async () => {
    const read = await readerOf(subject)
    if (!read) {
      console.error(`There is no shop and no payout ${subject}.`)
      return 2
    }
    let isExplained = true
    for (let cursor: string | undefined | null; cursor !== null;) {
      const page = await read(cursor)
      if (!page) throw new Error(`Payout ${subject} is gone.`)
      console.log(values.json ? JSON.stringify(page) : pageWords(page))
      isExplained &&= page.isExplained
      cursor = page.nextCursor
      if (!cursor && !values.json) console.log(verdict(page))
    }
    return isExplained ? 0 : 1
  })
}

type Read = (cursor: string | undefined) => Promise<ExplanationView | null>

async function readerOf(subject: string): Promise<Read | null> {
  if (isId(subject) && (await explainPayout(subject, null))) return (cursor) => explainPayout(subject, null, cursor)
  const shop = await getShopByHandle(subject)
  return shop && ((cursor) => explainBalance(shop.id, cursor))
}

function pageWords({ shares, currency }: ExplanationView): string {
  const money = (cents: string) => formatMoney(BigInt(cents), 'en-IE', currency)
  return shares
    .map(({ orderNumber, kind, title, amountCents, commissionCents, taxCents, netCents }) => {
      const sum = [`${money(amountCents)} paid`, `${money(commissionCents)} commission`]
      if (taxCents !== '0') sum.push(`${money(taxCents)} tax`)
      return `  ${money(netCents).padStart(12)}  ${orderNumber ?? 'no order'}  ${title ?? '?'}  (${kind}: ${sum.join(', ')})`
    })
    .join('\n')
}

function verdict({ amountCents, sharesCents, shareCount, isExplained, faults, currency }: ExplanationView): string {
  const money = (cents: string) => formatMoney(BigInt(cents), 'en-IE', currency)
  if (isExplained) return `✓ ${money(amountCents)} is what ${shareCount} shares of order lines come to.`
  const rows = faults.map(({ what, id, cents }) => `  ${what}  ${id ?? ''}  ${money(cents)}`)
  return [`✗ ${money(amountCents)} is not explained: its shares come to ${money(sharesCents)}.`, ...rows].join('\n')
}
