import { DayBars } from '#components/charts/day-bars'
import { CardSection } from '#components/ui/card'
import { Money } from '#components/ui/money'
import type { SalesSummaryView } from '#lib/orders/schema'

/** What was sold today and this week, and how the days before it were. */
export function SalesFigures({ sales }: { sales: SalesSummaryView }) {
  return (
    <CardSection title="Sales">
      <dl className="mb-6 grid grid-cols-2 gap-4">
        <Figure term="Today" cents={sales.todayCents} count={sales.todayCount} />
        <Figure term="Last 7 days" cents={sales.weekCents} count={sales.weekCount} />
      </dl>
      <DayBars caption="The last 14 days, by UTC" days={sales.daily} />
    </CardSection>
  )
}

function Figure({ term, cents, count }: { term: string; cents: string; count: number }) {
  return (
    <div>
      <dt className="text-sm font-medium text-muted">{term}</dt>
      <dd className="mt-0.5">
        <Money
          key={cents}
          cents={cents}
          className="animate-settle rounded-control font-display text-2xl font-semibold count sm:text-3xl"
        />
        <span className="block text-sm text-muted count">{count === 1 ? '1 order' : `${count} orders`}</span>
      </dd>
    </div>
  )
}
