'use client'

import { ArrowLeft, ArrowRight, ImagePlus, Trash2 } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { PICTURE_TYPES } from '#components/media/upload'
import { Alert } from '#components/ui/alert'
import { Button } from '#components/ui/button'
import { CardSection } from '#components/ui/card'
import { cn } from '#components/ui/cn'
import { Input } from '#components/ui/input'
import { Picture } from '#components/ui/picture'
import { Progress } from '#components/ui/progress'
import { PICTURES_MAX } from '#lib/catalog/rules/product'
import type { DraftPicture } from './draft.tsx'
import type { Upload } from './use-uploads.tsx'

interface PicturesSectionProps {
  pictures: readonly DraftPicture[]
  uploads: readonly Upload[]
  fields: Record<string, string>
  onFiles: (files: readonly File[]) => void
  onDismiss: (upload: Upload) => void
  onChange: (pictures: DraftPicture[]) => void
}

/** Up to eight pictures: dropped or chosen, put in order, described. The first one stands for the product. */
export function PicturesSection({ pictures, uploads, fields, onFiles, onDismiss, onChange }: PicturesSectionProps) {
  const sending = uploads.filter((upload) => upload.refusal === null)
  const refused = uploads.filter((upload) => upload.refusal !== null)
  const room = PICTURES_MAX - pictures.length - sending.length
  const error = Object.entries(fields).find(([path]) => path.startsWith('pictures'))?.[1]
  return (
    <CardSection
      title="Pictures"
      action={
        <span className="text-sm text-muted count">
          {pictures.length} of {PICTURES_MAX}
        </span>
      }
    >
      <div className="grid gap-4">
        {error ? <Alert tone="bad">{error}</Alert> : null}
        {pictures.length > 0 ? (
          <ol className="grid gap-4 sm:grid-cols-2">
            {pictures.map((picture, index) => (
              <PictureRow
                key={picture.id}
                picture={picture}
                index={index}
                count={pictures.length}
                onAlt={(alt) => onChange(pictures.with(index, { ...picture, alt }))}
                onMove={(to) => onChange(moved(pictures, index, to))}
                onRemove={() => onChange(pictures.toSpliced(index, 1))}
              />
            ))}
          </ol>
        ) : null}
        {sending.map((upload) => (
          <div key={upload.key} className="grid gap-1.5">
            <p className="truncate text-sm">{upload.name}</p>
            <Progress value={Math.round(upload.share * 100)} label={`Sending ${upload.name}`} />
          </div>
        ))}
        {refused.map((upload) => (
          <Alert
            key={upload.key}
            tone="bad"
            title={upload.name}
            action={
              <Button variant="quiet" size="sm" onClick={() => onDismiss(upload)}>
                All right
              </Button>
            }
          >
            {upload.refusal}
          </Alert>
        ))}
        {room > 0 ? <DropArea room={room} onFiles={onFiles} /> : null}
      </div>
    </CardSection>
  )
}

interface PictureRowProps {
  picture: DraftPicture
  index: number
  count: number
  onAlt: (alt: string) => void
  onMove: (to: number) => void
  onRemove: () => void
}

function PictureRow({ picture, index, count, onAlt, onMove, onRemove }: PictureRowProps) {
  const id = useId()
  const name = `picture ${index + 1}`
  return (
    <li className="grid grid-cols-[6rem_1fr] gap-3 rounded-control border border-line p-3">
      <span className="relative aspect-square overflow-hidden rounded-control">
        <Picture id={picture.id} alt={picture.alt || name} sizes="6rem" />
        {index === 0 ? (
          <span className="absolute inset-x-0 bottom-0 bg-surface/90 text-center text-xs font-semibold">Cover</span>
        ) : null}
      </span>
      <div className="grid content-between gap-2">
        <label htmlFor={id} className="sr-only">
          What {name} shows
        </label>
        <Input
          id={id}
          value={picture.alt}
          maxLength={200}
          placeholder="What it shows"
          onChange={(event) => onAlt(event.target.value)}
        />
        <div className="flex">
          <Button
            variant="quiet"
            size="icon"
            aria-label={`Move ${name} forward`}
            disabled={index === 0}
            onClick={() => onMove(index - 1)}
          >
            <ArrowLeft aria-hidden className="size-4.5" />
          </Button>
          <Button
            variant="quiet"
            size="icon"
            aria-label={`Move ${name} back`}
            disabled={index === count - 1}
            onClick={() => onMove(index + 1)}
          >
            <ArrowRight aria-hidden className="size-4.5" />
          </Button>
          <Button variant="quiet" size="icon" aria-label={`Remove ${name}`} onClick={onRemove} className="ml-auto">
            <Trash2 aria-hidden className="size-4.5" />
          </Button>
        </div>
      </div>
    </li>
  )
}

function DropArea({ room, onFiles }: { room: number; onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        onFiles([...event.dataTransfer.files].slice(0, room))
      }}
      className={cn(
        'flex flex-wrap items-center justify-center gap-x-4 gap-y-3 rounded-control border border-dashed border-line-strong/60 px-4 py-6 text-center text-sm text-muted transition',
        isOver && 'border-accent bg-accent-soft text-ink',
      )}
    >
      <Button variant="secondary" onClick={() => input.current?.click()}>
        <ImagePlus aria-hidden className="size-5" />
        Add pictures
      </Button>
      <span>or drop them here. JPEG, PNG or WebP, up to 8 MB each.</span>
      <input
        ref={input}
        type="file"
        multiple
        accept={PICTURE_TYPES}
        aria-label="Pictures of the product"
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])].slice(0, room))
          event.target.value = ''
        }}
      />
    </div>
  )
}

function moved<T>(list: readonly T[], from: number, to: number): T[] {
  return list.toSpliced(from, 1).toSpliced(to, 0, ...list.slice(from, from + 1))
}
