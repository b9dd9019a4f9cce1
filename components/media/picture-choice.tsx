'use client'

import { ImagePlus, Trash2 } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { Button } from '#components/ui/button'
import { Picture } from '#components/ui/picture'
import { Progress } from '#components/ui/progress'
import { PICTURE_TYPES, uploadPicture } from './upload.tsx'

interface PictureChoiceProps {
  label: string
  hint: string
  pictureId: string | null
  error?: string
  onChange: (pictureId: string | null) => void
}

/** One picture, chosen and seen at once; it is sent while the rest of the form is filled in. */
export function PictureChoice({ label, hint, pictureId, error, onChange }: PictureChoiceProps) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [share, setShare] = useState<number | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const fault = refusal ?? error

  async function choose(file: File | undefined) {
    if (!file) return
    setRefusal(null)
    setShare(0)
    const answer = await uploadPicture(file, setShare)
    setShare(null)
    if (answer.ok) onChange(answer.value.id)
    else setRefusal(answer.message)
  }

  return (
    <div role="group" aria-labelledby={`${id}-label`} className="flex items-center gap-4">
      <span className="size-24 shrink-0 overflow-hidden rounded-card border border-line">
        <Picture id={pictureId} alt={pictureId ? 'The chosen picture' : ''} sizes="6rem" />
      </span>
      <div className="grid min-w-0 grow gap-1.5">
        <p id={`${id}-label`} className="text-sm font-semibold">
          {label}
          <span className="font-normal text-muted"> (optional)</span>
        </p>
        <div className="flex flex-wrap gap-2">
          <Button
            variant="secondary"
            size="sm"
            busy={share !== null}
            aria-describedby={`${id}-note`}
            onClick={() => input.current?.click()}
          >
            <ImagePlus aria-hidden className="size-4.5" />
            {pictureId ? 'Choose another' : 'Choose a picture'}
          </Button>
          {pictureId ? (
            <Button variant="quiet" size="sm" onClick={() => onChange(null)}>
              <Trash2 aria-hidden className="size-4.5" />
              Remove
            </Button>
          ) : null}
        </div>
        {share === null ? null : <Progress value={Math.round(share * 100)} label="Sending the picture" />}
        <p id={`${id}-note`} className={fault ? 'text-sm font-medium text-bad' : 'text-sm text-muted'}>
          {fault ?? hint}
        </p>
        <input
          ref={input}
          type="file"
          accept={PICTURE_TYPES}
          aria-label={label}
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => {
            void choose(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </div>
    </div>
  )
}
