import { db, transact } from '#lib/db'
import { isRealMoney } from '#lib/env'
import { ok, refuse, type Result } from '#lib/result'
import { lockPayments, readMoney, settleMoney as settle } from '../sql/payment.ts'

/**
 * Asked by a node before it serves anybody: whether the money that it takes is what is in the market's books already, real or
 * play. Sellers' balances do not tell them apart, so with both in them play money would be paid out in real one.
 * Concurrency: any number of nodes at once. A node that serves already and takes the other money sells nothing from then on:
 * its drafts are not written (`insertDrafts`).
 * Refuses: real-in-play, play-in-real.
 */
export async function settleMoney(): Promise<Result<void, 'real-in-play' | 'play-in-real'>> {
  const isReal = isRealMoney()
  const [known] = await db.run(readMoney())
  if (known?.isReal === isReal) return ok(undefined)
  const [settled] = await transact(async (tx) => {
    await tx.run(lockPayments())
    return tx.run(settle(isReal))
  })
  if (settled?.isReal === isReal) return ok(undefined)
  return refuse(isReal ? 'real-in-play' : 'play-in-real')
}
