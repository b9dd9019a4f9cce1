import type { Answer } from '#lib/api/client'
import type { ProblemView } from '#lib/api/problem'
import type { PictureView } from '#lib/media/schema'

/** What a browser offers to choose from; the server looks at the bytes themselves. */
export const PICTURE_TYPES = 'image/jpeg,image/png,image/webp'

/**
 * Sends a picture and tells how far along it is, from 0 to 1. Nothing is thrown; leaving the page ends it.
 * An XMLHttpRequest, because fetch cannot say how much has been sent.
 */
export function uploadPicture(file: File, onProgress: (share: number) => void): Promise<Answer<PictureView>> {
  const body = new FormData()
  body.set('file', file)
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/v1/pictures')
    request.responseType = 'json'
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total)
    request.onload = () => resolve(answerOf(request.status, request.response))
    request.onerror = () =>
      resolve(refusal(0, { code: 'offline', title: 'The picture did not arrive. Check the connection.' }))
    request.send(body)
  })
}

function answerOf(status: number, body: unknown): Answer<PictureView> {
  if (status >= 200 && status < 300 && body) return { ok: true, value: body as PictureView }
  return refusal(status, (body ?? {}) as Partial<ProblemView>)
}

function refusal(status: number, problem: Partial<ProblemView>): Answer<never> {
  const { code = 'unexpected', title = 'This picture could not be taken in.', detail = {}, fields = {} } = problem
  return { ok: false, status, code, message: fields.file ?? title, detail, fields }
}
