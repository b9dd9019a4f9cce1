import type { Metadata } from 'next'
import { CartContents } from '#components/cart/cart-contents'
import { PageHeading } from '#components/layout/page-heading'
import { getCart, getWaitlist } from '#lib/cart/queries'
import { currentPrincipal } from '../../principal.ts'

// Drawn for each request, with a nonce of its own.
export const dynamic = 'force-dynamic'

export const metadata: Metadata = { title: 'Your cart' }

export default async function CartPage() {
  const { member, cartId } = await currentPrincipal()
  const [cart, waitlist] = await Promise.all([
    getCart({ buyerId: member?.userId ?? null, cartId: member ? null : cartId }),
    member ? getWaitlist(member.userId) : null,
  ])
  return (
    <div className="page py-8">
      <PageHeading title="Your cart" />
      <CartContents initial={cart} places={waitlist} isMember={member !== null} />
    </div>
  )
}
