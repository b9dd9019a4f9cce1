import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn.tsx'
import { TONES, type Tone } from './tone.tsx'

const ICONS = { neutral: Info, accent: Info, good: CircleCheck, warn: TriangleAlert, bad: CircleAlert }

interface AlertProps {
  tone?: Tone
  title?: string
  /** The button or link that leads on. */
  action?: ReactNode
  className?: string
  children?: ReactNode
}

/** A sentence the reader must not miss. `bad` and `warn` are announced at once, the others when there is time. */
export function Alert({ tone = 'neutral', title, action, className, children }: AlertProps) {
  const Icon = ICONS[tone]
  const isUrgent = tone === 'bad' || tone === 'warn'
  return (
    <div
      role={isUrgent ? 'alert' : 'status'}
      className={cn('flex gap-3 rounded-control px-4 py-3', TONES[tone], className)}
    >
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0" />
      <div className="min-w-0 grow">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children ? <div className="text-ink">{children}</div> : null}
      </div>
      {action ? <div className="shrink-0 self-center">{action}</div> : null}
    </div>
  )
}
