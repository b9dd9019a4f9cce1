'use client'

import { useRef, useState } from 'react'
import { uploadPicture } from '#components/media/upload'

export interface Upload {
  readonly key: number
  readonly name: string
  /** Of 1. */
  readonly share: number
  /** Why it was not taken in; null while it is on its way. */
  readonly refusal: string | null
}

/** Pictures on their way, one after the other, so that they arrive in the order they were chosen in. */
export function useUploads(onArrival: (pictureId: string) => void) {
  const [uploads, setUploads] = useState<Upload[]>([])
  const turn = useRef(Promise.resolve())
  const nextKey = useRef(0)

  function change(key: number, part: Partial<Upload>) {
    setUploads((all) => all.map((each) => (each.key === key ? { ...each, ...part } : each)))
  }

  function dismiss({ key }: Upload) {
    setUploads((all) => all.filter((each) => each.key !== key))
  }

  async function send(file: File, upload: Upload) {
    const answer = await uploadPicture(file, (share) => change(upload.key, { share }))
    if (!answer.ok) return change(upload.key, { refusal: answer.message })
    dismiss(upload)
    onArrival(answer.value.id)
  }

  function add(files: readonly File[]) {
    for (const file of files) {
      const upload = { key: nextKey.current++, name: file.name, share: 0, refusal: null }
      setUploads((all) => [...all, upload])
      turn.current = turn.current.then(() => send(file, upload))
    }
  }

  return { uploads, add, dismiss, isSending: uploads.some((upload) => upload.refusal === null) }
}
