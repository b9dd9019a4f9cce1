'use client'

import { usePathname } from 'next/navigation'
import { Tabs } from '#components/ui/tabs'

const TABS = [
  { href: '/sell', label: 'Dashboard' },
  { href: '/sell/products', label: 'Products' },
  { href: '/sell/orders', label: 'Orders' },
  { href: '/sell/reviews', label: 'Reviews' },
  { href: '/sell/balance', label: 'Balance' },
  { href: '/sell/shipping', label: 'Shipping' },
  { href: '/sell/import', label: 'Import' },
]

/** The way between the rooms of a shop. A page below a room belongs to it. */
export function ShopTabs() {
  const path = usePathname()
  const room = TABS.findLast((tab) => path === tab.href || path.startsWith(`${tab.href}/`))
  // `/sell` is the beginning of every address here: only itself is the dashboard.
  const current = room?.href === '/sell' && path !== '/sell' ? '' : (room?.href ?? '')
  return <Tabs label="Your shop" tabs={TABS} current={current} />
}
