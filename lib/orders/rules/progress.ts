import type { Cents } from '#lib/money'
import type { Progress } from '../schema/progress.ts'

interface Times {
  readonly carrier: string | null
  readonly trackingNumber: string | null
  readonly shippedAt: Date | null
  readonly deliveredAt: Date | null
  readonly disputedAt: Date | null
  readonly cancelledAt: Date | null
  readonly settledAt: Date | null
  readonly refundedCents: Cents
}

type Dated<T, Key extends string, Rest> = Omit<T, Key> & Rest

/** A refund and an event as the database tells them. */
export type RefundFacts = Dated<
  Progress['refunds'][number],
  'totalCents' | 'createdAt' | 'endedAt',
  { readonly totalCents: Cents; readonly createdAt: Date; readonly endedAt: Date | null }
>
export type EventFacts = Dated<Progress['events'][number], 'at', { readonly createdAt: Date }>

/** How far a seller order is, as both sides see it. The same facts are the same bytes. */
export function progressOf(part: Times, refunds: readonly RefundFacts[], events: readonly EventFacts[]): Progress {
  return {
    carrier: part.carrier,
    trackingNumber: part.trackingNumber,
    shippedAt: part.shippedAt?.toISOString() ?? null,
    deliveredAt: part.deliveredAt?.toISOString() ?? null,
    disputedAt: part.disputedAt?.toISOString() ?? null,
    cancelledAt: part.cancelledAt?.toISOString() ?? null,
    settledAt: part.settledAt?.toISOString() ?? null,
    refundedCents: part.refundedCents.toString(),
    refunds: refunds.map((refund) => ({
      id: refund.id,
      status: refund.status,
      totalCents: refund.totalCents.toString(),
      by: refund.by,
      reason: refund.reason,
      createdAt: refund.createdAt.toISOString(),
      endedAt: refund.endedAt?.toISOString() ?? null,
      lines: refund.lines,
    })),
    events: events.map((event) => ({
      what: event.what,
      by: event.by,
      note: event.note,
      at: event.createdAt.toISOString(),
    })),
  }
}

/** Of a seller order that has just been paid. */
export const NO_PROGRESS: Progress = progressOf(
  {
    carrier: null,
    trackingNumber: null,
    shippedAt: null,
    deliveredAt: null,
    disputedAt: null,
    cancelledAt: null,
    settledAt: null,
    refundedCents: 0n,
  },
  [],
  [],
)
