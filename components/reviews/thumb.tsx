import { ThumbsDown, ThumbsUp } from 'lucide-react'
import { Badge } from '#components/ui/badge'
import type { Thumb } from '#lib/reviews/types'

const WORDS = { up: 'Thumbs up', down: 'Thumbs down' } as const

/** One thumb and what it is for. */
export function ThumbBadge({ thumb, subject }: { thumb: Thumb; subject: string }) {
  const Icon = thumb === 'up' ? ThumbsUp : ThumbsDown
  return (
    <Badge tone={thumb === 'up' ? 'good' : 'bad'}>
      <Icon aria-hidden />
      <span>
        <span className="sr-only">{WORDS[thumb]}: </span>
        {subject}
      </span>
    </Badge>
  )
}
