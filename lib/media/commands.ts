import { db } from '#lib/db'
import { newId } from '#lib/ids'
import { ok, type Result } from '#lib/result'
import type { MediaCode } from './errors.ts'
import { writePicture } from './files.ts'
import { renderPicture } from './pipeline.ts'
import type { PictureView } from './schema.ts'
import { insertPicture } from './sql.ts'

/**
 * Takes a picture in: checked, drawn anew, stored under a name of our own.
 * Guarantees: a row exists only once its files lie on disk. Refuses what `renderPicture` does.
 */
export async function savePicture(upload: {
  ownerId: string
  bytes: Uint8Array
}): Promise<Result<PictureView, MediaCode>> {
  const rendered = await renderPicture(upload.bytes)
  if (!rendered.ok) return rendered
  const { width, height, renditions } = rendered.value
  const id = newId()
  await writePicture(id, renditions)
  await db.run(insertPicture({ id, ownerId: upload.ownerId, width, height }))
  return ok({ id, width, height })
}
