import { mkdir, open, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { env } from '#lib/env'
import { newSecret } from '#lib/ids'
import type { Rendition } from './pipeline.ts'
import type { PictureWidth } from './rules.ts'

/** Where a picture lies. Spread over folders by the end of its id, which is its random part. */
function pathOf(id: string, width: PictureWidth): string {
  return join(env().DATA_DIR, 'media', id.slice(-2), `${id}-${width}.webp`)
}

/** Writes the files of a picture; each appears whole or not at all. */
export async function writePicture(id: string, renditions: readonly Rendition[]): Promise<void> {
  await mkdir(join(env().DATA_DIR, 'media', id.slice(-2)), { recursive: true })
  for (const { width, bytes } of renditions) {
    const path = pathOf(id, width)
    const draft = `${path}.${newSecret()}`
    await writeFile(draft, bytes)
    await rename(draft, path)
  }
}

/** Opens a picture's file for sending; null when there is none. The caller's stream closes it. */
export async function openPicture(id: string, width: PictureWidth) {
  try {
    const file = await open(pathOf(id, width))
    const { size } = await file.stat()
    return { size, stream: () => file.createReadStream(), close: () => file.close() }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
