import { DayBars, type DayBar } from '#components/charts/day-bars'
import { CardSection } from '#components/ui/card'

const NARROW = 12

/** What became the shop's own, day by day; on a narrow screen the last days of it, so that they can be read. */
export function BalanceEarnings({ daily }: { daily: readonly DayBar[] }) {
  return (
    <CardSection title="Earned">
      <div className="hidden lg:block">
        <DayBars caption={`The last ${daily.length} days, by UTC, after commission and refunds`} days={daily} />
      </div>
      <div className="lg:hidden">
        <DayBars
          caption={`The last ${NARROW} days, by UTC, after commission and refunds`}
          days={daily.slice(-NARROW)}
        />
      </div>
    </CardSection>
  )
}
