import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn.tsx'

/** A raised sheet of paper. */
export function Card({ className, ...rest }: ComponentProps<'div'>) {
  return (
    <div {...rest} className={cn('rounded-card border border-line bg-surface p-5 shadow-card sm:p-6', className)} />
  )
}

/** A card that is a section of the page, with its heading and an action beside it. */
export function CardSection({
  title,
  action,
  className,
  children,
}: {
  title: string
  action?: ReactNode
  className?: string
  children: ReactNode
}) {
  return (
    <section className={cn('rounded-card border border-line bg-surface p-5 shadow-card sm:p-6', className)}>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h2 className="font-display text-xl font-semibold">{title}</h2>
        {action}
      </div>
      {children}
    </section>
  )
}
