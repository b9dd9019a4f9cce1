import { countAttempts } from '#lib/cart/sql'
import { mergeCarts } from '#lib/cart/commands'
import { endPools, sql, transact, transaction } from '#lib/db'
import { newOrderNumber } from '#lib/ids'
import { beginCheckouts, endCheckout, takeForOrders } from '#lib/inventory/commands/checkout'
import { hold, reclaimDue } from '#lib/inventory/commands/hold'
import { adjustStock } from '#lib/inventory/commands/stock'
import { join, leave } from '#lib/inventory/commands/waitlist'
import { ok, refuse } from '#lib/result'

/**
 * A node without its doors: a process with pools and a batcher of its own, that does what its parent tells it over IPC.
 * `scripts/test-race.ts` starts it. CLOCK_SHIFT_MS puts its clock, and only its, ahead or behind.
 */
const commands = {
  hold,
  join,
  leave,
  adjustStock,
  merge: mergeCarts,
  sweep: (most?: number) => reclaimDue(most),
  begin: beginOrder,
  take: takeOrders,
  end: endOrder,
}

export type Commands = typeof commands
export type CommandName = keyof Commands

export interface Ask {
  readonly id: number
  readonly do: CommandName
  readonly with: unknown
  /** Not before this moment of the machine's clock, in milliseconds. */
  readonly at?: number
}

/** What a parent says. `gate` keeps what comes until it is opened; `ping` is answered after all that came before. */
export type ToEngine = readonly Ask[] | 'gate' | 'go' | 'ping' | 'stop'

export interface Answered {
  readonly id: number
  readonly ms: number
  readonly value?: unknown
  readonly error?: {
    readonly name: string
    readonly message: string
    readonly code?: string
    readonly constraint?: string
  }
}

export type FromEngine = readonly Answered[] | 'ready' | 'pong'

/** PREPARE without prices: the cart's held lines become an order's. */
function beginOrder(order: { orderId: string; cartId: string; buyerId: string; deadlineMs: number }) {
  return transaction(async (tx) => {
    const [cart] = await tx.run(countAttempts([order.buyerId]))
    await tx.run(sql`
      insert into "order" (id, number, buyer_id, cart_id, attempt, currency, total_cents, address, deadline_at)
      values (${order.orderId}, ${newOrderNumber()}, ${order.buyerId}, ${order.cartId}, ${cart?.attempt ?? 0}, 'EUR', 0,
              '{}', clock_timestamp() + ${order.deadlineMs} * interval '1 millisecond')`)
    const lines = await beginCheckouts(tx, [order], order.deadlineMs)
    return lines.length > 0 ? ok(lines) : refuse('nothing-held')
  })
}

/** FINALIZE of paid orders, as `captureOrders` does it: pieces first, orders by id after them. */
function takeOrders(orderIds: readonly string[]) {
  return transact(async (tx) => {
    const taken = await takeForOrders(tx, orderIds)
    await tx.run(sql`
      with due as (
        select id
        from "order"
        where id = any(${orderIds}::uuid[]) and status = 'pending'
        order by id
        for no key update
      )
      update "order"
      set status = 'paid', paid_at = clock_timestamp()
      from due
      where "order".id = due.id`)
    return taken
  })
}

function endOrder(orderId: string) {
  return transact(async (tx) => {
    await endCheckout(tx, { orderId })
    await tx.run(sql`update "order" set status = 'released' where id = ${orderId} and status = 'pending'`)
  })
}

function serve(): void {
  let kept: Ask[] | null = null
  let answers: Answered[] = []
  const answer = (answered: Answered) => {
    // All answers of one turn of the event loop travel together.
    if (answers.length === 0) {
      setImmediate(() => {
        tell(answers)
        answers = []
      })
    }
    answers.push(answered)
  }
  process.on('message', (said: ToEngine) => {
    if (said === 'gate') kept = []
    else if (said === 'ping') tell('pong')
    else if (said === 'stop') void endPools().then(() => process.disconnect())
    else if (said === 'go') {
      for (const ask of kept ?? []) void perform(ask).then(answer)
      kept = null
    } else if (kept) kept.push(...said)
    else for (const ask of said) void perform(ask).then(answer)
  })
  tell('ready')
}

async function perform(ask: Ask): Promise<Answered> {
  if (ask.at !== undefined) await untilMoment(ask.at)
  const since = performance.now()
  try {
    const value = await (commands[ask.do] as (input: unknown) => Promise<unknown>)(ask.with)
    return { id: ask.id, ms: performance.now() - since, value }
  } catch (error) {
    const { name, message, code, constraint } = error as Error & { code?: string; constraint?: string }
    return { id: ask.id, ms: performance.now() - since, error: { name, message, code, constraint } }
  }
}

/** To a fraction of a millisecond, which a timer alone does not reach. */
async function untilMoment(at: number): Promise<void> {
  const left = () => at - (performance.timeOrigin + performance.now())
  if (left() > 2) await new Promise((resolve) => setTimeout(resolve, left() - 2))
  while (left() > 0) await new Promise((resolve) => setImmediate(resolve))
}

function tell(message: FromEngine): void {
  // A parent that failed may be gone before its last answer.
  if (process.connected) process.send?.(message)
}

function shiftClock(shiftMs: number): void {
  const Real = Date
  class ShiftedDate extends Real {
    constructor(...parts: [] | [number]) {
      if (parts.length === 0) super(Real.now() + shiftMs)
      else super(...parts)
    }
    static override now(): number {
      return Real.now() + shiftMs
    }
  }
  globalThis.Date = ShiftedDate as DateConstructor
}

const shiftMs = Number(process.env.CLOCK_SHIFT_MS ?? 0)
if (shiftMs !== 0) shiftClock(shiftMs)
serve()
