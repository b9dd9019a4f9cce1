import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from './cn.tsx'

/** The browser's own select with our clothes on. Options are its children. */
export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return (
    <span className={cn('relative block', className)}>
      <select
        {...rest}
        className="min-h-11 w-full appearance-none rounded-control border border-line-strong bg-surface pr-10 pl-3.5 text-base text-ink transition hover:border-ink/60 disabled:opacity-60 aria-invalid:border-bad aria-invalid:bg-bad-soft/40"
      />
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-3 size-4.5 -translate-y-1/2 text-muted"
      />
    </span>
  )
}
