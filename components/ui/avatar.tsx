import { cn } from './cn.tsx'
import { Picture } from './picture.tsx'

const SIZES = { sm: 'size-8 text-xs', md: 'size-11 text-sm', lg: 'size-20 text-2xl' }

/** A shop's or person's picture, or their initials. The name stands beside it, so it is silent. */
export function Avatar({
  name,
  pictureId = null,
  size = 'md',
  className,
}: {
  name: string
  pictureId?: string | null
  size?: keyof typeof SIZES
  className?: string
}) {
  return (
    <span
      aria-hidden
      className={cn(
        'grid shrink-0 place-items-center overflow-hidden rounded-full bg-accent-soft font-display font-semibold text-accent-strong',
        SIZES[size],
        className,
      )}
    >
      {pictureId ? <Picture id={pictureId} alt="" sizes="5rem" /> : initialsOf(name)}
    </span>
  )
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /\p{L}|\p{N}/u.test(word))
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('')
}
