import { CardSection } from '#components/ui/card'
import { Progress } from '#components/ui/progress'

interface Capacity {
  /** Most pieces on sale at once. */
  readonly capacity: number
  readonly published: number
  readonly queued: number
}

/** From this share on a seller should know that there is a limit. */
const NEARLY_FULL = 0.8

/** How much of a shop's capacity is used, and what waits for room. Nothing while there is plenty. */
export function CapacityBar({ capacity, published, queued }: Capacity) {
  if (queued === 0 && published <= capacity * NEARLY_FULL) return null
  const isFull = published >= capacity
  return (
    <CardSection title="Your capacity">
      <p className="-mt-2 mb-3 flex flex-wrap justify-between gap-x-6 count">
        <span>
          <strong className="font-semibold">{figure(published)}</strong> of {figure(capacity)} pieces on sale now
        </span>
        {queued > 0 ? (
          <span className="font-semibold text-warn">
            {figure(queued)} {queued === 1 ? 'waits' : 'wait'} for room
          </span>
        ) : null}
      </p>
      <Progress
        value={Math.min(published, capacity)}
        max={capacity}
        label="Pieces on sale, of as many as you may have"
        tone={isFull ? 'warn' : 'accent'}
        className="h-3"
      />
      <p className="mt-3 text-sm text-muted">
        {queued > 0
          ? 'What waits goes on sale by itself, oldest first, as soon as pieces are sold or held.'
          : 'What is over it waits in your publishing queue and goes on sale by itself when there is room.'}
      </p>
    </CardSection>
  )
}

function figure(count: number): string {
  return count.toLocaleString('en-IE')
}
