'use client'

import { useState } from 'react'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { toast } from '#components/ui/toaster'
import { call, createClient } from '#lib/api/client'
import type { SellerOrderView } from '#lib/orders/schema'
import { MovePanel } from './move-panel.tsx'
import { useMove } from './use-move.tsx'

const api = createClient()

/** Says that it is sent, and how; later, puts that right. */
export function ShipForm({ order, onClose }: { order: SellerOrderView; onClose: () => void }) {
  const { id, status } = order
  const isSent = status !== 'paid'
  const [shipment, setShipment] = useState({
    carrier: order.carrier ?? '',
    trackingNumber: order.trackingNumber ?? '',
  })
  const { move, isBusy, refusal, fields } = useMove(() => {
    toast.success(isSent ? 'The buyer sees the new details.' : 'The buyer sees that it is on its way.')
    onClose()
  })

  return (
    <MovePanel
      title={isSent ? 'How is it sent?' : 'Is it on its way?'}
      doLabel={isSent ? 'Save' : 'It is sent'}
      isBusy={isBusy}
      refusal={refusal?.sentence ?? null}
      onSubmit={() => void move(() => call(api.seller.orders[':id'].ship.$post({ param: { id }, json: shipment })))}
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Carrier" optional hint="Who brings it, such as DHL." error={fields.carrier}>
          {(control) => (
            <Input
              {...control}
              value={shipment.carrier}
              onChange={(event) => setShipment({ ...shipment, carrier: event.target.value })}
            />
          )}
        </Field>
        <Field label="Tracking number" optional hint="The buyer sees it at once." error={fields.trackingNumber}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              spellCheck={false}
              value={shipment.trackingNumber}
              onChange={(event) => setShipment({ ...shipment, trackingNumber: event.target.value })}
            />
          )}
        </Field>
      </div>
    </MovePanel>
  )
}
