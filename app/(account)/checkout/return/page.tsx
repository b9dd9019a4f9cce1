import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { PageHeading } from '#components/layout/page-heading'
import { RefreshOnOrder } from '#components/orders/refresh-on-order'
import { LookAgain, WaitingPayment } from '#components/orders/waiting-payment'
import { Alert } from '#components/ui/alert'
import { ButtonLink } from '#components/ui/button'
import { Spinner } from '#components/ui/spinner'
import { getCheckout } from '#lib/orders/queries/payment'
import { declineReason } from '#lib/orders/rules/card'
import type { DeclineCode } from '#lib/orders/types'
import { currentPrincipal } from '../../../principal.ts'

export const metadata: Metadata = { title: 'Payment', robots: { index: false } }

/** Where a bank sends the buyer back to: the order or the decline, as soon as either is known. The address proves nothing. */
export default async function ReturnPage({ searchParams }: PageProps<'/checkout/return'>) {
  const { order: orderId, answered } = await searchParams
  if (typeof orderId !== 'string') notFound()
  const { member } = await currentPrincipal()
  if (!member) redirect(`/sign-in?next=${encodeURIComponent(`/checkout/return?order=${orderId}`)}`)
  const checkout = await getCheckout(orderId, member.userId)
  if (!checkout) notFound()
  if (checkout.status === 'paid') redirect(`/orders/${checkout.number}`)
  const isOpen = checkout.status === 'pending'
  return (
    <div className="page grid max-w-3xl gap-4 py-8">
      <PageHeading title={isOpen ? 'Almost done' : 'Nothing was paid'} />
      <RefreshOnOrder userId={member.userId} />
      {isOpen ? (
        <StillOpen {...checkout} isAnswered={answered === '1'} />
      ) : (
        <Declined code={checkout.declineCode as DeclineCode} />
      )}
    </div>
  )
}

/** Who has answered is not asked again: the bank's word is on its way. */
function StillOpen({
  number,
  challengeUrl,
  isAnswered,
}: {
  number: string
  challengeUrl: string | null
  isAnswered: boolean
}) {
  if (challengeUrl && !isAnswered) {
    return (
      <>
        <LookAgain />
        <WaitingPayment number={number} challengeUrl={challengeUrl} />
      </>
    )
  }
  return (
    <Alert tone="accent" title="Waiting for the bank’s word" action={<Spinner />}>
      <LookAgain />
      This page follows by itself. Your pieces stay yours meanwhile.
    </Alert>
  )
}

function Declined({ code }: { code: DeclineCode }) {
  return (
    <Alert tone="bad" title="The payment did not go through">
      {declineReason(code)} What you had in the cart is back in it.
      <span className="mt-3 flex">
        <ButtonLink href="/checkout" size="sm">
          Pay another way
        </ButtonLink>
      </span>
    </Alert>
  )
}
