import { transaction, type Tx } from '#lib/db'
import { env } from '#lib/env'
import { newId } from '#lib/ids'
import { publishTo } from '#lib/live/publish'
import { ok, refuse, type Result } from '#lib/result'
import type { KernelCode } from '#lib/errors'
import type { OrderEvent } from '#prisma/enums'
import type { OrderCode } from '../errors.ts'
import { readState } from '../queries/progress.ts'
import { isAllRefunded, type SoldLine } from '../rules/refund.ts'
import { moveOn, type Action, type Actor, type Part } from '../rules/states.ts'
import type { SellerOrderStateView } from '../schema/progress.ts'
import { insertEvents, lockParts, readLines, readPart, writePart, type PartRow } from '../sql/seller-order.ts'

/** What a command on a seller order may refuse. One that is not the actor's is not there. */
export type MoveCode = OrderCode | Extract<KernelCode, 'not-found'>

/** A seller order, its lines and the moment, all read under its lock. */
export interface LockedPart {
  readonly row: PartRow & Part
  readonly lines: readonly SoldLine[]
  readonly now: Date
}

/** Something that moves a seller order on without moving money. */
export interface Move {
  readonly sellerOrderId: string
  readonly actor: Actor
  readonly note?: string
  /** How to send it, where that is what is said. */
  readonly shipment?: { readonly carrier: string | null; readonly trackingNumber: string | null }
}

/**
 * Does what `rules/states` allows this actor now, and records it; both sides hear of it after the commit.
 * Concurrency: under the seller order's lock: of two that exclude one another one is done and the other refused.
 * Refuses: not-found (also when it is another's), wrong-state, dispute-over.
 */
export function movePart(
  move: Move,
  action: Action,
  what: OrderEvent,
): Promise<Result<SellerOrderStateView, MoveCode>> {
  return transaction<SellerOrderStateView, MoveCode>(async (tx) => {
    const { sellerOrderId, actor, note = '' } = move
    const locked = await lockPart(tx, sellerOrderId, actor)
    if (!locked) return refuse('not-found')
    const next = decide(locked, action, actor)
    if (!next.ok) return next
    await tx.run(writePart(sellerOrderId, { ...locked.row, ...next.value, ...move.shipment }))
    await record(tx, [{ sellerOrderId, actor, what, note }])
    tx.afterCommit(() => tellBoth([locked.row]))
    return ok(await readState(tx, sellerOrderId))
  })
}

/** Locks a seller order, if it is this actor's, and reads it after that. Null when it is not there for this actor. */
export async function lockPart(tx: Tx, id: string, actor: Actor): Promise<LockedPart | null> {
  const [, rows, lines] = await Promise.all([
    tx.run(lockParts([id])),
    tx.run(readPart(id, actor)),
    tx.run(readLines([id])),
  ])
  return partOf(rows, lines)
}

/** The same without a lock, to look before one leaps: what it says may be over when the lock is there. */
export async function peekPart(tx: Tx, id: string, actor: Actor): Promise<LockedPart | null> {
  const [rows, lines] = await Promise.all([tx.run(readPart(id, actor)), tx.run(readLines([id]))])
  return partOf(rows, lines)
}

function partOf([row]: readonly PartRow[], lines: readonly (SoldLine & { now: Date })[]): LockedPart | null {
  const now = lines[0]?.now
  return row && now ? { row: { ...row, isRefunded: isAllRefunded(lines) }, lines, now } : null
}

/** What the seller order becomes. Refuses: wrong-state, dispute-over. */
export function decide({ row, now }: LockedPart, action: Action, { by }: Actor): Result<Part, OrderCode> {
  return moveOn(row, { action, by, now, disputeMs: env().DISPUTE_WINDOW_MS })
}

export async function record(
  tx: Tx,
  events: readonly { sellerOrderId: string; actor: Actor; what: OrderEvent; note: string }[],
): Promise<void> {
  await tx.run(
    insertEvents(
      events.map(({ actor, ...event }) => ({ id: newId(), ...event, by: actor.by, actorId: actorIdOf(actor) })),
    ),
  )
}

export function actorIdOf(actor: Actor): string | null {
  return actor.by === 'timer' ? null : actor.userId
}

/** Buyers and shops look again. */
export function tellBoth(parts: readonly { buyerId: string; sellerId: string; number: string }[]): void {
  for (const { buyerId, sellerId, number } of parts) {
    const event = { type: 'order', number, status: 'paid' } as const
    publishTo(`user:${buyerId}`, event)
    publishTo(`seller:${sellerId}`, event)
  }
}
