import type { Metadata } from 'next'
import { AdminTabs } from '#components/admin/admin-tabs'
import { currentPrincipal } from '../principal.ts'

// Drawn for each request, with a nonce of its own.
export const dynamic = 'force-dynamic'

export const metadata: Metadata = {
  title: { template: '%s · Operator · Souk', default: 'Operator' },
  robots: { index: false },
}

/** The operator's rooms: the way between them, and the page. Each page checks for itself who asks. */
export default async function AdminLayout({ children }: LayoutProps<'/admin'>) {
  const { member } = await currentPrincipal()
  if (member?.role !== 'admin') return children
  return (
    <div className="page py-4 sm:py-6">
      <AdminTabs />
      <div className="pt-6 sm:pt-8">{children}</div>
    </div>
  )
}
