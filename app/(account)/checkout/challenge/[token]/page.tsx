import { ShieldCheck } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { ChallengeForm } from '#components/orders/challenge-form'
import { Card } from '#components/ui/card'
import { Money } from '#components/ui/money'
import { getSandboxChallenge } from '#lib/orders/queries/payment'
import { currentPrincipal } from '../../../../principal.ts'

export const metadata: Metadata = {
  title: 'Confirm the payment',
  robots: { index: false },
  // The address is a secret between the buyer and the bank.
  referrer: 'no-referrer',
}

/** In the place of a bank's own page: only whose payment it is sees it. */
export default async function ChallengePage({ params }: PageProps<'/checkout/challenge/[token]'>) {
  const { token } = await params
  const { member } = await currentPrincipal()
  if (!member) redirect(`/sign-in?next=/checkout/challenge/${encodeURIComponent(token)}`)
  const challenge = await getSandboxChallenge(token, member.userId)
  if (!challenge) notFound()
  if (!challenge.isOpen) redirect(challenge.returnUrl)
  return (
    <div className="page grid max-w-xl gap-6 py-12">
      <Card className="grid gap-6">
        <div>
          <p className="flex items-center gap-2 text-sm font-semibold text-muted">
            <ShieldCheck aria-hidden className="size-5" /> Test bank
          </p>
          <h1 className="mt-3 font-display text-title font-semibold tracking-tight">Is this payment yours?</h1>
          <p className="mt-2 text-muted">A real bank would ask for a code here. No money moves.</p>
        </div>
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 border-y border-line py-4">
          <dt className="text-muted">Amount</dt>
          <dd className="text-right font-semibold">
            <Money cents={challenge.amountCents.toString()} />
          </dd>
          <dt className="text-muted">Card</dt>
          <dd className="text-right tabular-nums">ending in {challenge.cardLast4}</dd>
          <dt className="text-muted">Order</dt>
          <dd className="text-right count">{challenge.number}</dd>
        </dl>
        <ChallengeForm token={token} returnUrl={challenge.returnUrl} />
      </Card>
    </div>
  )
}
