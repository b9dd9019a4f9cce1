import { CardSection } from '#components/ui/card'
import { Money } from '#components/ui/money'
import type { MarketMoneyView } from '#lib/orders/schema/market'

/** Where all money is now, each sum with what it means. */
export function MarketFigures({ money }: { money: MarketMoneyView }) {
  return (
    <CardSection title="Money now">
      <dl className="grid gap-x-6 gap-y-6 sm:grid-cols-2 xl:grid-cols-3">
        <Figure term="In escrow" cents={money.escrowCents} note="Paid by buyers, not settled yet." />
        <Figure term="Sellers’ balances" cents={money.sellersCents} note="Theirs, for their next payouts." />
        <Figure term="Commission" cents={money.commissionCents} note="The market’s own, all in all." />
        <Figure term="Tax" cents={money.taxCents} note="To be handed on by the market." />
        <Figure term="Being refunded" cents={money.refundingCents} note="On its way back to buyers." />
        <Figure term="Being paid out" cents={money.payingOutCents} note="On its way to sellers’ banks." />
      </dl>
    </CardSection>
  )
}

function Figure({ term, cents, note }: { term: string; cents: string; note: string }) {
  return (
    <div>
      <dt className="text-sm font-medium text-muted">{term}</dt>
      <dd className="mt-0.5">
        <Money cents={cents} className="font-display text-2xl font-semibold sm:text-3xl" />
        <span className="mt-1 block text-sm text-muted">{note}</span>
      </dd>
    </div>
  )
}
