'use client'

import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { cn } from './cn.tsx'

export interface Tab {
  href: string
  label: string
  count?: number
}

/** Views of one thing, each with its own address. `current` is the address that is open. */
export function Tabs({ label, tabs, current }: { label: string; tabs: readonly Tab[]; current: string }) {
  const nav = useRef<HTMLElement>(null)
  // On a phone the open one may be beyond the edge.
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
  }, [current])
  return (
    <nav ref={nav} aria-label={label} className="overflow-x-auto border-b border-line">
      <ul className="flex gap-1">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              aria-current={tab.href === current ? 'page' : undefined}
              className={cn(
                'flex min-h-11 items-center gap-2 border-b-2 border-transparent px-3 font-medium whitespace-nowrap text-muted -outline-offset-2 transition hover:text-ink',
                tab.href === current && 'border-accent text-ink',
              )}
            >
              {tab.label}
              {tab.count === undefined ? null : <span className="text-sm text-muted count">{tab.count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
