import { auditStock } from '#lib/inventory/queries'
import { auditMoney } from '#lib/orders/queries'

/** Reads all books, of stock and of money: how many rows do not add up, and how many pieces there are. */
export async function auditBooks(): Promise<{ breaches: number; pieces: number; words: string }> {
  const [stock, money] = [await auditStock(), await auditMoney()]
  const breaches = stock.breaches.length + money.breaches.length
  const verdict = breaches === 0 ? '✓ Stock and money add up' : '✗ Stock and money do not add up: souk audit says where'
  return { breaches, pieces: stock.pieces, words: `${verdict} (${stock.pieces} pieces in the house).` }
}
