'use client'

import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import type { ProductView } from '#lib/catalog/schema'
import { Button } from '#components/ui/button'
import { cn } from '#components/ui/cn'
import { Picture } from '#components/ui/picture'

interface GalleryProps {
  title: string
  pictures: ProductView['pictures']
}

/** A product's pictures: swipe, arrow keys, or the small ones below. Works as a plain scrolling row before any script. */
export function Gallery({ title, pictures }: GalleryProps) {
  const track = useRef<HTMLUListElement>(null)
  const [current, setCurrent] = useState(0)

  const show = (index: number) => {
    const next = (index + pictures.length) % pictures.length
    const row = track.current
    row?.scrollTo({ left: next * row.clientWidth, behavior: 'smooth' })
    setCurrent(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (!step) return
    event.preventDefault()
    show(current + step)
  }
  const followScroll = () => {
    const row = track.current
    if (row && row.clientWidth > 0) setCurrent(Math.round(row.scrollLeft / row.clientWidth))
  }

  if (pictures.length === 0) {
    return (
      <div className="aspect-square overflow-hidden rounded-card border border-line">
        <Picture id={null} alt={`No picture of ${title} yet`} sizes="50vw" />
      </div>
    )
  }
  return (
    <section aria-label="Pictures" aria-roledescription="carousel" onKeyDown={onKeyDown}>
      <div className="group relative overflow-hidden rounded-card border border-line bg-sunken">
        <ul
          ref={track}
          tabIndex={pictures.length > 1 ? 0 : undefined}
          aria-label={pictures.length > 1 ? 'Pictures, move with the arrow keys' : undefined}
          onScrollEnd={followScroll}
          className="flex aspect-square snap-x snap-mandatory [scrollbar-width:none] overflow-x-auto overscroll-x-contain focus-visible:-outline-offset-4"
        >
          {pictures.map((picture, index) => (
            <li key={picture.id} className="size-full shrink-0 snap-center">
              <Picture
                id={picture.id}
                alt={picture.alt || `${title}, picture ${index + 1} of ${pictures.length}`}
                width={picture.width}
                height={picture.height}
                sizes="(min-width: 1024px) 48vw, 100vw"
                priority={index === 0}
              />
            </li>
          ))}
        </ul>
        {pictures.length > 1 ? <Steps onStep={(step) => show(current + step)} /> : null}
      </div>
      {pictures.length > 1 ? <Thumbnails pictures={pictures} current={current} onChoose={show} /> : null}
    </section>
  )
}

function Steps({ onStep }: { onStep: (step: number) => void }) {
  const look = 'absolute top-1/2 -translate-y-1/2 rounded-full shadow-card'
  return (
    <>
      <Button
        variant="secondary"
        size="icon"
        aria-label="Picture before"
        onClick={() => onStep(-1)}
        className={cn(look, 'left-3')}
      >
        <ChevronLeft aria-hidden className="size-5" />
      </Button>
      <Button
        variant="secondary"
        size="icon"
        aria-label="Next picture"
        onClick={() => onStep(1)}
        className={cn(look, 'right-3')}
      >
        <ChevronRight aria-hidden className="size-5" />
      </Button>
    </>
  )
}

function Thumbnails({
  pictures,
  current,
  onChoose,
}: {
  pictures: ProductView['pictures']
  current: number
  onChoose: (index: number) => void
}) {
  return (
    <ul className="mt-3 flex gap-2.5 overflow-x-auto p-1">
      {pictures.map((picture, index) => (
        <li key={picture.id} className="shrink-0">
          <button
            type="button"
            aria-label={`Show picture ${index + 1}`}
            aria-current={index === current ? 'true' : undefined}
            onClick={() => onChoose(index)}
            className={cn(
              'block size-16 overflow-hidden rounded-control border-2 border-transparent opacity-75 transition hover:opacity-100 sm:size-20',
              index === current && 'border-accent opacity-100',
            )}
          >
            <Picture id={picture.id} alt="" sizes="5rem" />
          </button>
        </li>
      ))}
    </ul>
  )
}
