'use client'

import { useEffect, useRef, type ReactNode } from 'react'
import { usePathname } from 'next/navigation'
import { cn } from '#components/ui/cn'

/**
 * A button that opens a list of links: the browser's own `<details>`, so it works before any script does.
 * Closes with Escape, by a press elsewhere, and when the page changes.
 */
export function Menu({
  label,
  button,
  align = 'start',
  className,
  children,
}: {
  label: string
  button: ReactNode
  align?: 'start' | 'end'
  className?: string
  children: ReactNode
}) {
  const ref = useRef<HTMLDetailsElement>(null)
  const path = usePathname()
  useEffect(() => {
    ref.current?.removeAttribute('open')
  }, [path])
  useEffect(() => {
    const close = (event: Event) => {
      const menu = ref.current
      if (!menu?.open) return
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape') return
        menu.querySelector('summary')?.focus()
      } else if (menu.contains(event.target as Node)) return
      menu.open = false
    }
    document.addEventListener('keydown', close)
    document.addEventListener('pointerdown', close)
    return () => {
      document.removeEventListener('keydown', close)
      document.removeEventListener('pointerdown', close)
    }
  }, [])
  return (
    <details ref={ref} className={cn('group relative', className)}>
      <summary
        aria-label={label}
        className="flex min-h-11 min-w-11 list-none items-center justify-center gap-1.5 rounded-control px-2 font-semibold transition select-none hover:bg-sunken"
      >
        {button}
      </summary>
      <div
        className={cn(
          'absolute top-full z-40 mt-2 max-h-[70vh] min-w-60 animate-rise overflow-y-auto rounded-card border border-line bg-surface p-2 shadow-float',
          align === 'end' ? 'right-0' : 'left-0',
        )}
      >
        {children}
      </div>
    </details>
  )
}

/** How an entry of a menu looks, link or button. */
export const MENU_ENTRY =
  'flex min-h-11 w-full items-center gap-3 rounded-control px-3 text-left text-base transition hover:bg-sunken [&_svg]:size-5 [&_svg]:text-muted'
