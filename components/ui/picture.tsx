import { ImageIcon } from 'lucide-react'
import { PICTURE_WIDTHS, pictureUrl } from '#lib/media/rules'
import { cn } from './cn.tsx'

interface PictureProps {
  /** Null draws the place of a picture that is missing. */
  id: string | null
  /** Empty where the text beside it says the same. */
  alt: string
  /** Any numbers in the right proportion: they keep the place before the picture comes. */
  width?: number
  height?: number
  /** How wide it is drawn, for the browser's choice among the three files. */
  sizes: string
  /** For the largest picture of the first screen. */
  priority?: boolean
  className?: string
}

/** A picture out of our own pipeline, in the width that fits. Fills its box (`object-cover`) unless told otherwise. */
export function Picture({ id, alt, width = 800, height = 800, sizes, priority = false, className }: PictureProps) {
  if (!id) {
    return (
      <span
        {...(alt ? { role: 'img', 'aria-label': alt } : { 'aria-hidden': true })}
        className={cn('grid size-full place-items-center bg-sunken text-line-strong', className)}
      >
        <ImageIcon aria-hidden className="size-1/4 max-h-12" strokeWidth={1.2} />
      </span>
    )
  }
  return (
    // The file is already in its final form: Next's own image component would add nothing but script.
    <img
      src={pictureUrl(id, 800)}
      srcSet={PICTURE_WIDTHS.map((each) => `${pictureUrl(id, each)} ${each}w`).join(', ')}
      sizes={sizes}
      alt={alt}
      width={width}
      height={height}
      loading={priority ? 'eager' : 'lazy'}
      fetchPriority={priority ? 'high' : undefined}
      decoding="async"
      className={cn('size-full bg-sunken object-cover', className)}
    />
  )
}
