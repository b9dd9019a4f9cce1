'use client'

import { MoveMenu, type Choice } from '#components/orders/moves/move-menu'
import { NoteForm } from '#components/orders/moves/note-form'
import { RefundForm } from '#components/orders/moves/refund-form'
import { isRefundable } from '#components/orders/refund-items'
import { call, createClient } from '#lib/api/client'
import { canMove } from '#lib/orders/rules/states'
import type { MarketOrderView } from '#lib/orders/schema/market'

const api = createClient()

/** How the market judges: the money goes back, or the complaint is over. Draws nothing when there is nothing to judge. */
export function DisputeMoves({ order }: { order: MarketOrderView }) {
  const { id, status, seller, buyerName } = order
  const close = (reason: string) =>
    call(api.admin['seller-orders'][':id']['close-dispute'].$post({ param: { id }, json: { reason } }))
  const choices: Choice[] = [
    {
      key: 'refund',
      label: 'Give money back',
      variant: 'primary',
      isAllowed: isRefundable(order),
      panel: (done) => <RefundForm order={order} by="market" onClose={done} />,
    },
    {
      key: 'close',
      label: 'Close the complaint',
      variant: 'secondary',
      isAllowed: canMove(status, 'close-dispute', 'market'),
      panel: (done) => (
        <NoteForm
          title="Close the complaint"
          doLabel="Close it"
          done="The complaint is closed."
          note={{ label: 'Why', hint: `${buyerName} and ${seller.name} read it.`, optional: true }}
          post={close}
          onClose={done}
        >
          {seller.name} gets the money when its time has come, as if nobody had complained.
        </NoteForm>
      ),
    },
  ]
  return <MoveMenu label="What you can do" choices={choices} />
}
