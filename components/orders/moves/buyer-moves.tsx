'use client'

import { call, createClient } from '#lib/api/client'
import { canMove } from '#lib/orders/rules/states'
import type { OrderView } from '#lib/orders/schema'
import { piecesLeft, refundItemsOf } from '../refund-items.tsx'
import { CancelForm } from './cancel-form.tsx'
import { MoveMenu, type Choice } from './move-menu.tsx'
import { NoteForm } from './note-form.tsx'

const api = createClient().orders[':number']['seller-orders'][':id']

const COMPLAINT = {
  label: 'What is wrong?',
  hint: 'The shop reads it and can give you money back.',
  optional: false,
}
const LAST_WORD = { label: 'A word to the shop', hint: 'The shop reads it.', optional: true }

/** What a buyer may do with one shop's part of the order now. Draws nothing when that is nothing. */
export function BuyerMoves({ number, part }: { number: string; part: OrderView['sellerOrders'][number] }) {
  const { id, status, lines, seller } = part
  const param = { number, id }
  const may = (action: 'receive' | 'dispute' | 'close-dispute' | 'cancel') => canMove(status, action, 'buyer')
  const choices: Choice[] = [
    {
      key: 'receive',
      label: 'I have received it',
      variant: 'primary',
      isAllowed: may('receive'),
      panel: (close) => (
        <NoteForm
          title="Has it arrived?"
          doLabel="Yes, it is here"
          done={`${seller.name} knows that it has arrived.`}
          post={() => call(api.receive.$post({ param }))}
          onClose={close}
        >
          From then on {seller.name} waits for its money. If something is wrong with it you can still say so for a
          while.
        </NoteForm>
      ),
    },
    {
      key: 'dispute',
      label: 'Something is wrong',
      variant: 'secondary',
      isAllowed: may('dispute'),
      panel: (close) => (
        <NoteForm
          title="Tell the shop what is wrong"
          doLabel="Complain"
          done={`${seller.name} has been told.`}
          note={COMPLAINT}
          post={(reason) => call(api.dispute.$post({ param, json: { reason } }))}
          onClose={close}
        >
          {seller.name} gets no money for it until it is put right, or you take the complaint back.
        </NoteForm>
      ),
    },
    {
      key: 'close-dispute',
      label: 'Take the complaint back',
      variant: 'secondary',
      isAllowed: may('close-dispute'),
      panel: (close) => (
        <NoteForm
          title="Is it put right?"
          doLabel="All is well"
          done="The complaint is taken back."
          note={LAST_WORD}
          post={(reason) => call(api['close-dispute'].$post({ param, json: { reason } }))}
          onClose={close}
        >
          {seller.name} gets its money then.
        </NoteForm>
      ),
    },
    {
      key: 'cancel',
      label: 'Call it off',
      variant: 'danger',
      isAllowed: may('cancel'),
      panel: (close) => (
        <CancelForm
          items={refundItemsOf(part)}
          pieces={piecesLeft(lines)}
          payee="you"
          post={(key, reason) =>
            call(api.cancel.$post({ param, header: { 'idempotency-key': key }, json: { reason } }))
          }
          onClose={close}
        />
      ),
    },
  ]
  return <MoveMenu label={`What you can do about ${seller.name}`} choices={choices} />
}
