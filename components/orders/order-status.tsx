import { Badge } from '#components/ui/badge'
import type { OrderView, SellerOrderView } from '#lib/orders/schema'

const ORDER = {
  pending: { tone: 'warn', text: 'Being paid' },
  paid: { tone: 'good', text: 'Paid' },
  released: { tone: 'bad', text: 'Not paid' },
} as const

const SELLER_ORDER = {
  placed: { tone: 'warn', text: 'Being paid' },
  paid: { tone: 'accent', text: 'Paid, to be sent' },
  shipped: { tone: 'accent', text: 'On its way' },
  delivered: { tone: 'good', text: 'Delivered' },
  settled: { tone: 'good', text: 'Delivered' },
  cancelled: { tone: 'neutral', text: 'Cancelled' },
  refunded: { tone: 'neutral', text: 'Refunded' },
  disputed: { tone: 'bad', text: 'In dispute' },
} as const

export function OrderStatus({ status }: { status: OrderView['status'] }) {
  const { tone, text } = ORDER[status]
  return <Badge tone={tone}>{text}</Badge>
}

export function SellerOrderStatus({ status }: { status: SellerOrderView['status'] }) {
  const { tone, text } = SELLER_ORDER[status]
  return <Badge tone={tone}>{text}</Badge>
}
