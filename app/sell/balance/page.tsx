import { Landmark } from 'lucide-react'
import type { Metadata } from 'next'
import { PageHeading } from '#components/layout/page-heading'
import { BalanceEarnings } from '#components/sellers/balance-earnings'
import { BalanceFigures } from '#components/sellers/balance-figures'
import { BalanceLive } from '#components/sellers/balance-live'
import { BalanceRange } from '#components/sellers/balance-range'
import { BalanceStatement } from '#components/sellers/balance-statement'
import { PayoutAccount } from '#components/sellers/payout-account'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Pagination } from '#components/ui/pagination'
import { getShopBalance, listDailyEarnings } from '#lib/orders/queries/balance'
import { getStatement } from '#lib/orders/queries/statement'
import { rangeOf } from '#lib/orders/rules/statement'
import { statementQuery } from '#lib/orders/schema/statement'
import { getPayoutAccount } from '#lib/trader/queries/payout-account'
import { requireShop } from '../shop.ts'

export const metadata: Metadata = { title: 'Balance' }

const HERE = '/sell/balance'

export default async function BalancePage({ searchParams }: PageProps<'/sell/balance'>) {
  const { sellerId } = await requireShop(HERE)
  const query = statementQuery.safeParse(await searchParams)
  const { cursor, ...days } = query.success ? query.data : {}
  const range = rangeOf(days, new Date())
  const [balance, daily, statement, payoutAccount] = await Promise.all([
    getShopBalance(sellerId),
    listDailyEarnings(sellerId),
    getStatement(sellerId, range, { cursor }),
    getPayoutAccount(sellerId),
  ])
  const firstHref = `${HERE}?from=${range.from}&to=${range.to}`
  const wrong = query.success ? null : (query.error.issues[0]?.message ?? null)
  return (
    <>
      <BalanceLive sellerId={sellerId} />
      <PageHeading title="Balance">
        What you earned, where it is, and every cent that moved it. Commission is what your sales agreed to.
      </PageHeading>
      <div className="grid gap-6">
        <BalanceFigures balance={balance} />
        {payoutAccount.provider === 'stripe' ? <PayoutAccount account={payoutAccount.account} /> : null}
        <BalanceEarnings daily={daily} />
      </div>
      <section className="mt-8 sm:mt-10" aria-labelledby="statement">
        <h2 id="statement" className="mb-4 font-display text-xl font-semibold">
          Statement
        </h2>
        <BalanceRange key={firstHref} range={range} error={wrong && `The day ${wrong}.`} />
        {statement.items.length === 0 ? (
          <EmptyState
            icon={Landmark}
            title="Nothing moved in these days"
            action={
              <ButtonLink href="/sell/orders" variant="secondary">
                See your orders
              </ButtonLink>
            }
          >
            A sale stands here once its buyer has had the time to complain: then its money is yours.
          </EmptyState>
        ) : (
          <BalanceStatement statement={statement} isLast={statement.nextCursor === null} />
        )}
        <Pagination
          firstHref={cursor ? firstHref : null}
          nextHref={statement.nextCursor ? `${firstHref}&cursor=${statement.nextCursor}` : null}
        />
      </section>
    </>
  )
}
