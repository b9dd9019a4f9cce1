import { log } from '#lib/log'
import { openLine } from '#lib/line'
import { confirmed, isTrading, nextStep, refused, TIMES, unheard, type Standing } from './rules.ts'
import { CHANNEL, releaseLease, renewLease, takeLease } from './sql/lease.ts'
import type { Term } from './types.ts'

export interface Candidate {
  /** This process's own name: no other ever has it. */
  readonly node: string
  /** Begins a turn's work. `stop` lets what is under way end, and is not waited for long. */
  begin(term: Term): { stop(): Promise<void> }
}

/** How long what is under way may take at a hand-over. The fence keeps out what comes later. */
const HAND_OVER_MS = 500

/**
 * Stands for the trader until stopped: takes the lease when it is free, keeps it, and steps down in time.
 * Guarantees: a turn ends, by this node's own clock, before another node can be elected, whatever the database or the network
 * does; stopped, it gives the lease back, and the others hear of it at once.
 * Concurrency: a connection of its own, so that no page and no duty can stand before a renewal.
 */
export function standForTrader(candidate: Candidate): { stop(): Promise<void> } {
  const seat = newSeat(candidate)
  const line = openLine({ name: 'souk-lease', channel: CHANNEL, hear: seat.hurry })
  const { node } = candidate
  let isStopped = false

  async function renew(epoch: number): Promise<void> {
    const sentAt = performance.now()
    const [row] = await line.ask(renewLease(node, epoch, TIMES.ttlMs))
    // It may have stepped down while it waited for the answer: then that turn is over, whatever the answer is.
    if (!seat.isOf(epoch)) return
    if (row) seat.keep(confirmed(epoch, sentAt))
    else seat.leave()
  }

  async function stand(): Promise<void> {
    const sentAt = performance.now()
    const [row] = await line.ask(takeLease(node, TIMES.ttlMs))
    if (!row) throw new Error('The lease is not there: the database is not migrated.')
    if (row.epoch === null) seat.keep(refused(row.remainingMs, performance.now()))
    else seat.take(row.epoch, sentAt)
  }

  async function live(): Promise<void> {
    while (!isStopped) {
      const step = nextStep(seat.standing(), performance.now())
      if (step.do === 'step-down') seat.leave()
      else if (step.do === 'wait') await seat.rest(step.ms)
      else
        await (step.do === 'renew' ? renew(step.epoch) : stand()).catch((error: unknown) => {
          log().warn({ err: error }, 'the lease could not be asked for')
          seat.keep(unheard(seat.standing(), performance.now()))
        })
    }
  }

  const living = live()
  return {
    stop: async () => {
      isStopped = true
      seat.hurry()
      await living
      await Promise.race([seat.finish(), pause(HAND_OVER_MS)])
      const last = seat.standing()
      seat.leave()
      if (last.role === 'trader') {
        await line
          .ask(releaseLease(node, last.epoch))
          .catch((error: unknown) => log().warn({ err: error }, 'the lease was not given back; it runs out'))
      }
      await line.close()
    },
  }
}

/** Where this node stands, and the work of its turn while it has one. */
function newSeat({ node, begin }: Candidate) {
  let standing: Standing = { role: 'candidate', askAt: 0 }
  let turn: { stop(): Promise<void> } | undefined
  let alarm: NodeJS.Timeout | undefined
  let wake = () => undefined as void

  const seat = {
    standing: () => standing,
    isOf: (epoch: number) => standing.role === 'trader' && standing.epoch === epoch,
    keep(next: Standing): void {
      standing = next
      clearTimeout(alarm)
      if (next.role === 'candidate') return
      // Also while the database has not answered yet.
      alarm = setTimeout(seat.leave, Math.max(0, next.confirmedAt + TIMES.stepDownMs - performance.now()))
    },
    take(epoch: number, sentAt: number): void {
      seat.keep(confirmed(epoch, sentAt))
      log().info({ epoch, node }, 'elected as the trader')
      turn = begin({
        epoch,
        isOurs: () => seat.isOf(epoch) && isTrading(standing, performance.now()),
        end: () => {
          if (seat.isOf(epoch)) seat.leave()
        },
      })
    },
    /** Nothing new is begun. Resolves when what is under way has ended. */
    finish: async () => turn?.stop(),
    /** The turn is over. */
    leave(): void {
      if (standing.role === 'candidate') return
      log().info({ epoch: standing.epoch, node }, 'no longer the trader')
      void turn?.stop()
      turn = undefined
      seat.keep({ role: 'candidate', askAt: 0 })
      wake()
    },
    /** What was to be done later is done now. */
    hurry(): void {
      if (standing.role === 'candidate') standing = { role: 'candidate', askAt: 0 }
      wake()
    },
    rest: (ms: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      }),
  }
  return seat
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
