import type { Metadata } from 'next'
import { MarketFigures } from '#components/admin/market-figures'
import { traderWords } from '#components/admin/trader-words'
import { DayBars } from '#components/charts/day-bars'
import { PageHeading } from '#components/layout/page-heading'
import { ButtonLink } from '#components/ui/button'
import { CardSection } from '#components/ui/card'
import { Moment } from '#components/ui/moment'
import { countDisputes, getMarketMoney } from '#lib/orders/queries/market'
import { getTraderView } from '#lib/trader/queries/view'
import { requireOperator } from './operator.ts'

export const metadata: Metadata = { title: 'Overview' }

export default async function AdminPage() {
  await requireOperator('/admin')
  const [money, disputes, trader] = await Promise.all([getMarketMoney(), countDisputes(), getTraderView()])
  return (
    <>
      <PageHeading title="The market">
        Where the money is, who trades, and what waits for you. As of <Moment at={trader.at} />.
      </PageHeading>
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_20rem]">
        <div className="grid gap-6">
          <MarketFigures money={money} />
          <CardSection title="Paid by buyers">
            <DayBars caption="The last 14 days, by UTC, before refunds" days={money.daily} />
          </CardSection>
        </div>
        <div className="grid gap-6">
          <CardSection title="Disputes">
            <p className="mb-4">{disputeWords(disputes)}</p>
            <ButtonLink href="/admin/disputes" variant={disputes > 0 ? 'primary' : 'secondary'}>
              {disputes > 0 ? 'Look at them' : 'Disputes'}
            </ButtonLink>
          </CardSection>
          <CardSection title="Trader">
            <p className="mb-4 wrap-anywhere">{traderWords(trader)}</p>
            <ButtonLink href="/admin/trader" variant="secondary">
              Watch it
            </ButtonLink>
          </CardSection>
        </div>
      </div>
    </>
  )
}

function disputeWords(count: number): string {
  if (count === 0) return 'No complaint is open.'
  return count === 1 ? 'One complaint is open: its money waits.' : `${count} complaints are open: their money waits.`
}
