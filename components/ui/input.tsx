import type { ComponentProps } from 'react'
import { cn } from './cn.tsx'

const CONTROL =
  'w-full rounded-control border border-line-strong bg-surface px-3.5 text-base text-ink transition placeholder:text-muted ' +
  'hover:border-ink/60 aria-invalid:border-bad aria-invalid:bg-bad-soft/40 disabled:opacity-60'

/** A line of text, a number, a date. Its label comes from `Field`. */
export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...rest} className={cn(CONTROL, 'min-h-11', className)} />
}

/** Several lines of text. */
export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea rows={5} {...rest} className={cn(CONTROL, 'min-h-24 py-2.5 leading-relaxed', className)} />
}
