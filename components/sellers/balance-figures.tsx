import { CardSection } from '#components/ui/card'
import { Day } from '#components/ui/moment'
import { Money } from '#components/ui/money'
import { cn } from '#components/ui/cn'
import type { BalanceView } from '#lib/orders/schema/balance'

/** What a shop could be paid now, what is still to come, and what is on its way to it. */
export function BalanceFigures({ balance }: { balance: BalanceView }) {
  const { availableCents, escrowCents, onTheWayCents, nextDueAt, nextDueCents } = balance
  const isDebt = BigInt(availableCents) < 0n
  return (
    <CardSection title="Your money">
      <dl className="grid gap-x-6 gap-y-5 sm:grid-cols-3">
        <Figure
          term="Available"
          cents={availableCents}
          tone={isDebt ? 'text-bad' : ''}
          note={isDebt ? 'Refunds took more than was there. Your next sales pay it.' : 'Yours, for the next payout.'}
        />
        <Figure
          term="In escrow"
          cents={escrowCents}
          note={
            nextDueAt && nextDueCents ? (
              <>
                Next: <Money cents={nextDueCents} /> on <Day at={nextDueAt} />.
              </>
            ) : (
              'Yours once buyers have what they paid for.'
            )
          }
        />
        <Figure term="On the way" cents={onTheWayCents} note="Paid out, and not with your bank yet." />
      </dl>
    </CardSection>
  )
}

function Figure({ term, cents, note, tone }: { term: string; cents: string; note: React.ReactNode; tone?: string }) {
  return (
    <div>
      <dt className="text-sm font-medium text-muted">{term}</dt>
      <dd className="mt-0.5">
        <Money
          key={cents}
          cents={cents}
          className={cn('animate-settle rounded-control font-display text-2xl font-semibold sm:text-3xl', tone)}
        />
        <span className="mt-1 block text-sm text-muted">{note}</span>
      </dd>
    </div>
  )
}
