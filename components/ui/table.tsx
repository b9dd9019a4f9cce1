import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn.tsx'

/** A table of rows. Scrolls sideways on its own when the screen is narrow; `caption` is read aloud. */
export function Table({ caption, className, children }: { caption: string; className?: string; children: ReactNode }) {
  return (
    <div
      role="region"
      aria-label={caption}
      tabIndex={0}
      className={cn('overflow-x-auto rounded-card border border-line bg-surface shadow-card', className)}
    >
      <table className="w-full border-collapse text-left text-sm [&_tbody_tr:last-child>*]:border-b-0">
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </div>
  )
}

/** A column's heading; `end` for numbers. */
export function Th({ end, className, ...rest }: ComponentProps<'th'> & { end?: boolean }) {
  return (
    <th
      scope="col"
      {...rest}
      className={cn(
        'border-b border-line bg-sunken/60 px-4 py-2.5 text-xs font-semibold tracking-wide whitespace-nowrap text-muted',
        end && 'text-right',
        className,
      )}
    />
  )
}

/** A cell; `end` for numbers. */
export function Td({ end, className, ...rest }: ComponentProps<'td'> & { end?: boolean }) {
  return (
    <td {...rest} className={cn('border-b border-line px-4 py-3 align-middle', end && 'text-right count', className)} />
  )
}
