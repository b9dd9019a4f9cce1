import type pg from 'pg'
import { guarded, unguarded, db, type Db, type Guard } from '#lib/db'
import { log } from '#lib/log'
import { countRefused, readEpoch } from './sql/lease.ts'
import type { Term } from './types.ts'

/** A turn that is over wanted to do something. Nothing of it was done. */
export class StaleEpoch extends Error {
  override readonly name = 'StaleEpoch'
  readonly epoch: number
  /** Who noticed: the node's own clock, before it asked, or the database. */
  readonly by: 'clock' | 'fence'
  constructor(epoch: number, by: StaleEpoch['by']) {
    super(`The trader's turn ${epoch} is over.`)
    this.epoch = epoch
    this.by = by
  }
}

/**
 * The first statement of a trader's transaction.
 * Guarantees: while the transaction is open no other turn begins; `StaleEpoch` when one has begun.
 */
export async function fenced(tx: Db, epoch: number): Promise<void> {
  const [row] = await tx.run(readEpoch(epoch))
  if (!row) throw new StaleEpoch(epoch, 'fence')
}

/**
 * Does work of the trader.
 * Guarantees: every transaction of it, and every statement outside one, begins with the fence, so nothing is written once the
 * turn is over. What the fence refuses is counted in the turn's history and ends the turn on this node.
 */
export async function inTerm<T>(term: Term, pool: pg.Pool, work: () => Promise<T>): Promise<T> {
  const guard: Guard = {
    pool,
    check: () => {
      if (!term.isOurs()) throw new StaleEpoch(term.epoch, 'clock')
    },
    enter: async (tx) => {
      try {
        await fenced(tx, term.epoch)
      } catch (error) {
        if (error instanceof StaleEpoch) await noteRefused(term)
        throw error
      }
    },
  }
  return guarded(guard, work)
}

async function noteRefused(term: Term): Promise<void> {
  term.end()
  log().warn({ epoch: term.epoch }, 'the fence kept out a trader whose turn is over')
  await unguarded(() => db.run(countRefused(term.epoch))).catch((error: unknown) =>
    log().warn({ err: error }, 'not counted'),
  )
}
