import Link from 'next/link'
import type { ComponentProps } from 'react'
import { cn } from './cn.tsx'
import { Spinner } from './spinner.tsx'

const VARIANTS = {
  primary: 'bg-accent text-on-accent shadow-card hover:bg-accent-strong',
  secondary: 'border border-line-strong/60 bg-surface text-ink hover:border-ink/60 hover:bg-sunken',
  quiet: 'text-ink hover:bg-sunken',
  danger: 'border border-bad/50 bg-surface text-bad hover:bg-bad-soft',
}

const SIZES = {
  sm: 'min-h-9 px-3 text-sm pointer-coarse:min-h-11',
  md: 'min-h-11 px-4 text-base',
  lg: 'min-h-13 px-6 text-lg',
  /** A square for a lone icon; give it an `aria-label`. */
  icon: 'size-11 justify-center',
}

interface ButtonLook {
  variant?: keyof typeof VARIANTS
  size?: keyof typeof SIZES
}

type ButtonProps = ButtonLook & ComponentProps<'button'> & { busy?: boolean }

/** A button. While `busy` it keeps its width and focus, says so to screen readers, and takes no further press. */
export function Button({ variant, size, busy = false, className, children, onClick, type, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={cn(buttonClass({ variant, size }), className)}
    >
      {busy ? <Spinner className="absolute" /> : null}
      <span className={cn('inline-flex items-center gap-2', busy && 'opacity-0')}>{children}</span>
    </button>
  )
}

/** A link that looks like a button, for going somewhere. */
export function ButtonLink({ variant, size, className, ...rest }: ButtonLook & ComponentProps<typeof Link>) {
  return <Link {...rest} className={cn(buttonClass({ variant, size }), className)} />
}

function buttonClass({ variant = 'primary', size = 'md' }: ButtonLook): string {
  return cn(
    'relative inline-flex items-center justify-center gap-2 rounded-control font-semibold whitespace-nowrap transition',
    'active:translate-y-px disabled:pointer-events-none disabled:opacity-50 aria-disabled:cursor-progress',
    VARIANTS[variant],
    SIZES[size],
  )
}
