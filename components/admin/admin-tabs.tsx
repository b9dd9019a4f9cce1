'use client'

import { usePathname } from 'next/navigation'
import { Tabs } from '#components/ui/tabs'

const TABS = [
  { href: '/admin', label: 'Overview' },
  { href: '/admin/disputes', label: 'Disputes' },
  { href: '/admin/reviews', label: 'Reviews' },
  { href: '/admin/rules', label: 'Rules' },
  { href: '/admin/trader', label: 'Trader' },
]

/** The way between the operator's rooms. A page below a room belongs to it. */
export function AdminTabs() {
  const path = usePathname()
  const room = TABS.findLast((tab) => path === tab.href || path.startsWith(`${tab.href}/`))
  return <Tabs label="Operator" tabs={TABS} current={room?.href ?? ''} />
}
