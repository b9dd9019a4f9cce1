'use client'

import { ThumbsDown, ThumbsUp } from 'lucide-react'
import { useId } from 'react'
import { cn } from '#components/ui/cn'
import type { Thumb } from '#lib/reviews/types'

interface ThumbChoiceProps {
  label: string
  value: Thumb | null
  /** What each of them says here. */
  words: Readonly<Record<Thumb, string>>
  error?: string | undefined
  onChange: (thumb: Thumb | null) => void
}

/** Up, down, or neither: a second press takes a thumb back. */
export function ThumbChoice({ label, value, words, error, onChange }: ThumbChoiceProps) {
  const id = useId()
  return (
    <div role="group" aria-labelledby={id} aria-describedby={error ? `${id}-error` : undefined}>
      <p id={id} className="mb-1.5 text-sm font-semibold">
        {label}
      </p>
      <div className="flex flex-wrap gap-2">
        {(['up', 'down'] as const).map((thumb) => {
          const Icon = thumb === 'up' ? ThumbsUp : ThumbsDown
          const isChosen = value === thumb
          return (
            <button
              key={thumb}
              type="button"
              aria-pressed={isChosen}
              onClick={() => onChange(isChosen ? null : thumb)}
              className={cn(
                'inline-flex min-h-11 items-center gap-2 rounded-control border px-4 font-semibold transition active:translate-y-px',
                isChosen
                  ? thumb === 'up'
                    ? 'border-good bg-good-soft text-good'
                    : 'border-bad bg-bad-soft text-bad'
                  : 'border-line-strong/60 bg-surface text-ink hover:border-ink/60 hover:bg-sunken',
              )}
            >
              <Icon aria-hidden className={cn('size-4.5', isChosen && 'fill-current')} />
              {words[thumb]}
            </button>
          )
        })}
      </div>
      {error ? (
        <p id={`${id}-error`} className="mt-1.5 text-sm font-medium text-bad">
          {error}
        </p>
      ) : null}
    </div>
  )
}
