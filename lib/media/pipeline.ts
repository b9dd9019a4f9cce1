import { fileTypeFromBuffer } from 'file-type'
import sharp from 'sharp'
import { Overloaded } from '#lib/batch'
import { once } from '#lib/once'
import { ok, refuse, type Result } from '#lib/result'
import type { MediaCode } from './errors.ts'
import { PICTURE_BYTES_MAX, PICTURE_PIXELS_MAX, PICTURE_SIDE_MIN, PICTURE_WIDTHS, type PictureWidth } from './rules.ts'

const TYPES = new Set(['image/jpeg', 'image/png', 'image/webp'])
/** Far more than any picture needs: a time limit on one that was made to be slow, not on a busy machine. */
const SECONDS = 20
const AT_ONCE = 2
const WAITING_MAX = 32

export interface Rendition {
  readonly width: PictureWidth
  readonly bytes: Buffer
}

export interface Rendered {
  readonly width: number
  readonly height: number
  readonly renditions: readonly Rendition[]
}

/**
 * Checks what claims to be a picture and draws it anew in every width, as WebP without any metadata.
 * Guarantees: nothing of the sent bytes is kept, so nothing can hide in them; turned upright; never enlarged.
 * Refuses: not-a-picture (also vector, animated formats we do not read, cut off), picture-too-large, picture-too-small,
 * animated-picture. Throws `Overloaded` when too many wait, or when drawing took too long.
 */
export async function renderPicture(bytes: Uint8Array): Promise<Result<Rendered, MediaCode>> {
  if (bytes.length > PICTURE_BYTES_MAX) return refuse('picture-too-large')
  // By its first bytes: a name or a header is what somebody says it is.
  const type = await fileTypeFromBuffer(bytes)
  if (!type || !TYPES.has(type.mime)) return refuse('not-a-picture')
  return inTurn(() => render(bytes))
}

async function render(bytes: Uint8Array): Promise<Result<Rendered, MediaCode>> {
  blockOtherLoaders()
  const metadata = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => null)
  if (!metadata?.width || !metadata.height) return refuse('not-a-picture')
  if ((metadata.pages ?? 1) > 1) return refuse('animated-picture')
  if (metadata.width * metadata.height > PICTURE_PIXELS_MAX) return refuse('picture-too-large')
  if (Math.min(metadata.width, metadata.height) < PICTURE_SIDE_MIN) return refuse('picture-too-small')
  const isTurned = (metadata.orientation ?? 1) >= 5
  const [width, height] = isTurned ? [metadata.height, metadata.width] : [metadata.width, metadata.height]
  try {
    const renditions: Rendition[] = []
    for (const each of PICTURE_WIDTHS) renditions.push({ width: each, bytes: await draw(bytes, each) })
    return ok({ width, height, renditions })
  } catch (error) {
    if (isTimeout(error)) throw new Overloaded()
    // The header was a picture's, the rest was not.
    return refuse('not-a-picture')
  }
}

/** Whether sharp gave up for its time limit, which says nothing about the picture. */
export function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('timeout: ')
}

function draw(bytes: Uint8Array, width: PictureWidth): Promise<Buffer> {
  return sharp(bytes, { limitInputPixels: PICTURE_PIXELS_MAX, failOn: 'error' })
    .timeout({ seconds: SECONDS })
    .rotate()
    .resize({ width, withoutEnlargement: true })
    .webp({ quality: 80, effort: 3 })
    .toBuffer()
}

/** Every decoder that is not needed is one less to be attacked. */
function blockOtherLoaders(): void {
  once('sharp-loaders', () => {
    sharp.concurrency(1)
    sharp.block({ operation: ['VipsForeignLoad'] })
    sharp.unblock({
      operation: [
        'VipsForeignLoadJpegBuffer',
        'VipsForeignLoadPngBuffer',
        'VipsForeignLoadWebpBuffer',
        'VipsForeignLoadJpegFile',
        'VipsForeignLoadPngFile',
        'VipsForeignLoadWebpFile',
      ],
    })
    return true
  })
}

/** At most two at once over the whole process, and a line that ends: pictures are the dearest thing a request can ask for. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turns = once('picture-turns', () => ({ running: 0, waiting: [] as (() => void)[] }))
  if (turns.running >= AT_ONCE) {
    if (turns.waiting.length >= WAITING_MAX) throw new Overloaded()
    await new Promise<void>((resolve) => turns.waiting.push(resolve))
  } else turns.running++
  try {
    return await work()
  } finally {
    const next = turns.waiting.shift()
    if (next) next()
    else turns.running--
  }
}
