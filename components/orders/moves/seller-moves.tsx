'use client'

import { call, createClient } from '#lib/api/client'
import { canMove } from '#lib/orders/rules/states'
import type { SellerOrderView } from '#lib/orders/schema'
import { isRefundable, piecesLeft, refundItemsOf } from '../refund-items.tsx'
import { CancelForm } from './cancel-form.tsx'
import { MoveMenu, type Choice } from './move-menu.tsx'
import { RefundForm } from './refund-form.tsx'
import { ShipForm } from './ship-form.tsx'

const api = createClient()

/** What a shop may do with its part of an order now. Draws nothing when that is nothing. */
export function SellerMoves({ order }: { order: SellerOrderView }) {
  const { id, status, lines, buyerName } = order
  const cancel = (key: string, reason: string) =>
    call(api.seller.orders[':id'].cancel.$post({ param: { id }, header: { 'idempotency-key': key }, json: { reason } }))
  const choices: Choice[] = [
    {
      key: 'ship',
      label: status === 'paid' ? 'Mark as sent' : 'Change carrier or tracking',
      variant: status === 'paid' ? 'primary' : 'secondary',
      isAllowed: canMove(status, 'ship', 'seller'),
      panel: (close) => <ShipForm order={order} onClose={close} />,
    },
    {
      key: 'refund',
      label: 'Refund',
      variant: 'secondary',
      isAllowed: isRefundable(order),
      panel: (close) => <RefundForm order={order} onClose={close} />,
    },
    {
      key: 'cancel',
      label: 'Call it off',
      variant: 'danger',
      isAllowed: canMove(status, 'cancel', 'seller'),
      panel: (close) => (
        <CancelForm
          items={refundItemsOf(order)}
          pieces={piecesLeft(lines)}
          payee={buyerName}
          post={cancel}
          onClose={close}
        />
      ),
    },
  ]
  return <MoveMenu label="What you can do" choices={choices} />
}
