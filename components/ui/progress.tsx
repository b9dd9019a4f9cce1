import { cn } from './cn.tsx'
import type { Tone } from './tone.tsx'

const BARS: Record<Tone, string> = {
  neutral: 'bg-ink',
  accent: 'bg-accent',
  good: 'bg-good',
  warn: 'bg-warn',
  bad: 'bg-bad',
}

/** How far along: `value` of `max`. Leave `value` out while nobody knows. `label` is read aloud. */
export function Progress({
  value,
  max = 100,
  label,
  tone = 'accent',
  className,
}: {
  value?: number
  max?: number
  label: string
  tone?: Tone
  className?: string
}) {
  const share = value === undefined || max <= 0 ? null : Math.min(1, Math.max(0, value / max))
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value}
      className={cn('h-2 overflow-hidden rounded-full bg-line', className)}
    >
      <div
        className={cn(
          'h-full rounded-full transition-[width] duration-500',
          BARS[tone],
          share === null && 'w-1/3 animate-pulse',
        )}
        style={share === null ? undefined : { width: `${share * 100}%` }}
      />
    </div>
  )
}
