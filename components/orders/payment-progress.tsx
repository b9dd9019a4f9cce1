import { Alert } from '#components/ui/alert'
import { Spinner } from '#components/ui/spinner'
import type { PaymentPhase } from './use-payment.tsx'

/** What goes on while a payment takes its time. Said once: a screen reader is not told every second. */
export function PaymentProgress({ phase }: { phase: PaymentPhase }) {
  if (phase === 'slow') {
    return (
      <Alert tone="accent" title="Waiting for the bank" action={<Spinner />}>
        This can take a few seconds. Your pieces stay yours meanwhile; you may also leave this page and find the order
        under “Your orders”.
      </Alert>
    )
  }
  if (phase === 'leaving') {
    return (
      <Alert tone="accent" title="Your bank wants to ask you" action={<Spinner />}>
        You are taken to its page, and come back by yourself.
      </Alert>
    )
  }
  return null
}
