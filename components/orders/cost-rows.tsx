import { Money } from '#components/ui/money'
import { cn } from '#components/ui/cn'
import type { SellerOrderView } from '#lib/orders/schema'
import { repaidOf } from './refund-items.tsx'

/** What a seller order comes to, between its lines and the end: sending, the total, the tax in it, and what went back of it. */
export function CostRows({
  part,
}: {
  part: Pick<SellerOrderView, 'totalCents' | 'refunds' | 'shipping' | 'taxCents'>
}) {
  const { paid, pending } = repaidOf(part)
  const { method, totalCents: shippingCents } = part.shipping
  return (
    <dl className="grid gap-1.5 border-t border-line pt-3">
      {method || shippingCents !== '0' ? (
        <CostRow term={method ? `Shipping: ${method}` : 'Shipping'} cents={BigInt(shippingCents)} />
      ) : null}
      <CostRow term="Total" cents={BigInt(part.totalCents)} className="font-semibold" />
      {part.taxCents === '0' ? null : (
        <CostRow term="of it tax" cents={BigInt(part.taxCents)} className="text-sm text-muted" />
      )}
      {paid.cents > 0n ? <CostRow term="Refunded" cents={-paid.cents} className="text-good" /> : null}
      {pending.cents > 0n ? <CostRow term="Being refunded" cents={-pending.cents} className="text-warn" /> : null}
    </dl>
  )
}

export function CostRow({ term, cents, className }: { term: string; cents: bigint; className?: string }) {
  return (
    <div className={cn('flex items-baseline justify-between gap-4', className)}>
      <dt className="min-w-0 wrap-anywhere">{term}</dt>
      <dd>
        <Money cents={cents} />
      </dd>
    </div>
  )
}
