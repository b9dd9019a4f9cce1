import { Alert } from '#components/ui/alert'
import type { SellerOrderView } from '#lib/orders/schema'
import { isRefundStuck } from './refund-items.tsx'

/** What a shop must not miss about an order; nothing while all goes its way. */
export function SellerNotice({ order }: { order: SellerOrderView }) {
  if (order.status === 'disputed') {
    const complaint = order.events.findLast((event) => event.what === 'disputed')
    return (
      <Alert tone="bad" title={`${order.buyerName} says that something is wrong`}>
        <span className="wrap-break-word">“{complaint?.note}”</span>
        <span className="mt-1 block text-sm">
          You get no money for this order until it is put right. Refund it, or part of it; or agree with{' '}
          {order.buyerName}, who can take the complaint back.
        </span>
      </Alert>
    )
  }
  if (isRefundStuck(order)) {
    return (
      <Alert tone="bad" title={`${order.buyerName} waits for the money`}>
        This order is called off, but the payment provider would not give the money back. Refund it again.
      </Alert>
    )
  }
  return null
}
