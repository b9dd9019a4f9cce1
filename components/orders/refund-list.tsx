import { Badge } from '#components/ui/badge'
import { Moment } from '#components/ui/moment'
import { Money } from '#components/ui/money'
import type { SellerOrderView } from '#lib/orders/schema'
import { moverWords, type Reader } from './order-words.tsx'
import { refundItemsOf } from './refund-items.tsx'

const STATUS = {
  pending: { tone: 'warn', text: 'On its way' },
  paid: { tone: 'good', text: 'Paid back' },
  failed: { tone: 'bad', text: 'Failed' },
} as const

type Part = Pick<SellerOrderView, 'lines' | 'shipping' | 'refunds'>

/** Each refund: how much for what, who gave it and why, and whether it arrived. */
export function RefundList({ part, reader }: { part: Part; reader: Reader }) {
  const names = new Map(refundItemsOf(part).map((item) => [item.id, item.name]))
  return (
    <ul className="divide-y divide-line">
      {part.refunds.map((refund) => (
        <li key={refund.id} className="py-3 first:pt-0 last:pb-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Money cents={refund.totalCents} className="font-semibold" />
            <Badge tone={STATUS[refund.status].tone}>{STATUS[refund.status].text}</Badge>
            <span className="text-sm text-muted">
              {moverWords(refund.by, reader)}, <Moment at={refund.createdAt} />
            </span>
          </div>
          <ul className="mt-1 text-sm">
            {refund.lines.map((line) => (
              <li key={line.lineId} className="wrap-break-word">
                {line.quantity} × {names.get(line.lineId)}, <Money cents={line.amountCents} />
                {reader !== 'buyer' && line.returnedQuantity > 0 ? (
                  <span className="text-muted"> · {line.returnedQuantity} back on sale</span>
                ) : null}
              </li>
            ))}
          </ul>
          {refund.reason ? <p className="mt-1 text-sm wrap-break-word text-muted">“{refund.reason}”</p> : null}
          {refund.status === 'failed' ? (
            <p className="mt-1 text-sm font-medium text-bad">
              The payment provider would not give the money back.
              {reader === 'buyer' ? ' The shop can try again.' : ' You can try again.'}
            </p>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
