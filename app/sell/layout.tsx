import type { Metadata } from 'next'
import { ShopNews } from '#components/sellers/shop-news'
import { ShopTabs } from '#components/sellers/shop-tabs'
import { currentPrincipal } from '../principal.ts'

// Drawn for each request, with a nonce of its own.
export const dynamic = 'force-dynamic'

export const metadata: Metadata = {
  title: { template: '%s · Your shop · Souk', default: 'Your shop' },
  robots: { index: false },
}

/** The seller's rooms: the way between them, and the page. Each page checks for itself who asks. */
export default async function SellLayout({ children }: LayoutProps<'/sell'>) {
  const { member } = await currentPrincipal()
  return (
    <div className="page py-4 sm:py-6">
      {member?.sellerId ? (
        <>
          <ShopNews sellerId={member.sellerId} />
          <ShopTabs />
        </>
      ) : null}
      <div className="pt-6 sm:pt-8">{children}</div>
    </div>
  )
}
