import { ShieldCheck } from 'lucide-react'
import { ButtonLink } from '#components/ui/button'
import { Card } from '#components/ui/card'
import { Money } from '#components/ui/money'
import type { CartView } from '#lib/cart/schema'

/** What a checkout would cost now, and the way there. */
export function CartSummary({ cart, isMember }: { cart: CartView; isMember: boolean }) {
  const held = cart.lines.filter((line) => line.state === 'held')
  const lapsed = cart.lines.filter((line) => line.state === 'lapsed')
  return (
    <Card className="lg:sticky lg:top-24">
      <h2 className="font-display text-xl font-semibold">Summary</h2>
      <dl className="mt-4 flex items-baseline justify-between">
        <dt className="text-muted">{held.length === 1 ? 'One product held' : `${held.length} products held`}</dt>
        <dd className="text-2xl font-semibold">
          <Money cents={cart.heldTotalCents} />
        </dd>
      </dl>
      {lapsed.length > 0 ? (
        <p className="mt-3 text-sm text-warn">
          {lapsed.length === 1 ? 'One line is' : `${lapsed.length} lines are`} no longer held. Hold again or remove to
          check out.
        </p>
      ) : null}
      {held.length > 0 && lapsed.length === 0 ? (
        <ButtonLink href={isMember ? '/checkout' : '/sign-in?next=/checkout'} size="lg" className="mt-5 w-full">
          {isMember ? 'Check out' : 'Sign in to check out'}
        </ButtonLink>
      ) : null}
      <p className="mt-4 flex gap-2 text-sm text-muted">
        <ShieldCheck aria-hidden className="mt-0.5 size-4 shrink-0" />
        Nobody else can buy what is held for you until its time is over.
      </p>
    </Card>
  )
}
