import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn.tsx'

interface EmptyStateProps {
  icon: LucideIcon
  title: string
  /** The way on: a `ButtonLink` or two. */
  action?: ReactNode
  className?: string
  children?: ReactNode
}

/** Nothing here yet: says what would be here and leads on. */
export function EmptyState({ icon: Icon, title, action, className, children }: EmptyStateProps) {
  return (
    <div
      className={cn(
        'flex flex-col items-center rounded-card border border-dashed border-line-strong/50 px-6 py-14 text-center',
        className,
      )}
    >
      <span className="mb-4 grid size-14 place-items-center rounded-full bg-accent-soft text-accent-strong">
        <Icon aria-hidden className="size-7" strokeWidth={1.6} />
      </span>
      <p className="font-display text-xl font-semibold text-balance">{title}</p>
      {children ? <div className="mt-1.5 max-w-prose text-muted">{children}</div> : null}
      {action ? <div className="mt-6 flex flex-wrap justify-center gap-3">{action}</div> : null}
    </div>
  )
}
