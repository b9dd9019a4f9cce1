import sharp from 'sharp'
import type { Raw } from './canvas.ts'

/** A blurred shape, `SHADOW_SCALE` times smaller than in the picture, with room around it for the blur to run out in. */
export interface Shadow {
  readonly map: Raw
  /** The room around, in the picture's pixels. */
  readonly margin: number
}

// Shadows are blurred anyway, and this is a sixteenth of the work.
export const SHADOW_SCALE = 4

export interface ShadowShape {
  readonly blur: number
  readonly opacity: number
  /** Height of the shadow as a part of the object's. */
  readonly squash?: number
  /** Pixels to the side for each row upwards. */
  readonly lean?: number
}

/** The object's outline as a shadow. */
export async function castShadow(object: Raw, shape: ShadowShape): Promise<Shadow> {
  const { blur, opacity, squash = 1, lean = 0 } = shape
  const width = Math.max(2, Math.round(object.width / SHADOW_SCALE))
  const height = Math.max(2, Math.round((object.height / SHADOW_SCALE) * squash))
  const outline = await sharp(object.data, { raw: { width: object.width, height: object.height, channels: 4 } })
    .resize(width, height, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer()
  const room = Math.ceil((blur * 2.5) / SHADOW_SCALE)
  const reach = Math.ceil(Math.abs(lean) * height)
  const [roomyWidth, roomyHeight] = [width + reach + 2 * room, height + 2 * room]
  const roomy = Buffer.alloc(roomyWidth * roomyHeight)
  for (let row = 0; row < height; row++) {
    const shift = Math.round((height - row) * lean) + (lean < 0 ? reach : 0)
    for (let column = 0; column < width; column++) {
      const alpha = outline[(row * width + column) * 4 + 3] ?? 0
      roomy[(row + room) * roomyWidth + column + shift + room] = alpha * opacity
    }
  }
  return { map: await blurred(roomy, roomyWidth, roomyHeight, blur), margin: room * SHADOW_SCALE }
}

/** The dark line where an object meets what it stands on, as wide as its lowest part, which begins at `from`. */
export async function footShadow(object: Raw): Promise<Shadow & { readonly from: number }> {
  const { from, to } = lowestPart(object)
  const width = Math.ceil((to - from) / SHADOW_SCALE)
  const height = Math.max(5, Math.round(width * 0.11))
  const room = 6
  const [roomyWidth, roomyHeight] = [width + 2 * room, height + 2 * room]
  const ellipse = Buffer.alloc(roomyWidth * roomyHeight)
  for (let y = 0; y < roomyHeight; y++)
    for (let x = 0; x < roomyWidth; x++) {
      const away = ((x + 0.5 - roomyWidth / 2) / (width / 2)) ** 2 + ((y + 0.5 - roomyHeight / 2) / (height / 2)) ** 2
      if (away <= 1) ellipse[y * roomyWidth + x] = 160
    }
  return { map: await blurred(ellipse, roomyWidth, roomyHeight, 8), margin: room * SHADOW_SCALE, from }
}

async function blurred(data: Buffer, width: number, height: number, blur: number): Promise<Raw> {
  const { data: soft, info } = await sharp(data, { raw: { width, height, channels: 1 } })
    .blur(Math.max(0.5, blur / SHADOW_SCALE))
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data: soft, width: info.width, height: info.height, channels: info.channels }
}

/** The columns between which something of the object is in its lowest twentieth. */
function lowestPart({ data, width, height }: Raw): { from: number; to: number } {
  let [from, to] = [width, 0]
  for (let row = Math.floor(height * 0.95); row < height; row++)
    for (let column = 0; column < width; column++) {
      if ((data[(row * width + column) * 4 + 3] ?? 0) < 40) continue
      from = Math.min(from, column)
      to = Math.max(to, column)
    }
  return from < to ? { from, to } : { from: 0, to: width }
}
