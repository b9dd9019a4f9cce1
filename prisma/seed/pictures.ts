import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp, { type Sharp } from 'sharp'
import { light, paint, shade, type Raw } from './canvas.ts'
import { looks, type Look, type LookName, type Tone } from './looks.ts'
import { objects, type ObjectName } from './objects.ts'
import { drawBackdrop, drawLight, SIDE } from './scenes.ts'
import { castShadow, footShadow, SHADOW_SCALE } from './shadows.ts'
import type { SeedPicture, Thing } from './types.ts'

const assets = join(dirname(fileURLToPath(import.meta.url)), '../../node_modules/@lobehub/fluent-emoji-3d/assets')

/** Whether the objects are installed: they come with the development packages. */
export function hasPictures(): boolean {
  return existsSync(assets)
}

export function assetPath(name: ObjectName): string {
  return join(assets, `${objects[name]}.webp`)
}

/** Photographs a still life: backdrop, light, the shadow of each object, the objects. The answer is a JPEG. */
export async function takePicture(picture: SeedPicture, lookName: LookName): Promise<Buffer> {
  const look = looks[lookName]
  const tone = look.tones[(picture.tone ?? 0) % look.tones.length]
  if (!tone) throw new Error(`The look ${lookName} has no tones.`)
  const { svg, baseline } = drawBackdrop(picture.scene, look, tone)
  const seed = picture.things.length * 5 + picture.alt.length
  const [canvas, lightMap, cutOuts] = await Promise.all([
    toRaw(sharp(Buffer.from(svg)).flatten({ background: tone.wall })),
    toRaw(
      sharp(Buffer.from(drawLight(look, picture.scene, seed)))
        .resize(200, 200)
        .ensureAlpha()
        .blur(2.2),
    ),
    Promise.all(picture.things.map(async (thing) => ({ thing, object: await cutOut(thing, look) }))),
  ])
  light(canvas, lightMap, look.warmth)
  // Those in front come last: each one's shadow falls on those behind it.
  if (baseline !== null) cutOuts.sort((a, b) => (a.thing.y ?? 0) - (b.thing.y ?? 0))
  for (const { thing, object } of cutOuts)
    await (baseline === null
      ? lay(canvas, object, thing, look, tone)
      : stand(canvas, object, thing, baseline, look, tone))
  return sharp(canvas.data, { raw: { width: SIDE, height: SIDE, channels: 3 } })
    .jpeg({ quality: 88 })
    .toBuffer()
}

/** The object in its size, colour and turn, with a clean edge, lit from the look's side, and nothing around it. */
async function cutOut(thing: Thing, look: Look): Promise<Raw> {
  const side = Math.round((thing.size ?? 0.52) * SIDE)
  const trimmed = await toRaw(sharp(assetPath(thing.of)).ensureAlpha().trim({ threshold: 8 }).sharpen({ sigma: 0.6 }))
  const { hue = 0, saturation = 0.92, brightness = 1 } = thing
  const colored = await toRaw(fromRaw(trimmed).modulate({ hue, saturation, brightness }))
  const enlarged = await toRaw(
    fromRaw(colored)
      .resize(side, side, { fit: 'inside', kernel: 'lanczos3' })
      .flop(thing.flip === true),
  )
  finish(enlarged, look)
  return thing.turn ? toRaw(fromRaw(enlarged).rotate(thing.turn, { background: '#0000' })) : enlarged
}

/**
 * Enlarging spreads the edge over several pixels; a steeper alpha draws it together again. In the same pass the side
 * towards the light becomes warmer and the far corner darker.
 */
function finish({ data, width, height }: Raw, look: Look): void {
  for (let row = 0, at = 0; row < height; row++)
    for (let column = 0; column < width; column++, at += 4) {
      const alpha = data[at + 3] ?? 0
      if (alpha === 0) continue
      if (alpha < 255) data[at + 3] = Math.max(0, Math.min(255, (alpha - 128) * 1.7 + 128))
      const across = look.from === 'left' ? column / width : 1 - column / width
      const away = (across + row / height) / 2 - 0.5
      const [target, strength] = away < 0 ? [WARM, -away * 0.36] : [DARK, away * 0.46]
      for (let channel = 0; channel < 3; channel++) {
        const value = data[at + channel] ?? 0
        data[at + channel] = value + ((target[channel] ?? 0) - value) * strength
      }
    }
}

const WARM = [255, 246, 224] as const
const DARK = [18, 10, 28] as const

/** Seen from above, or hung on a wall: the shadow lies beside and below. */
async function lay(canvas: Raw, object: Raw, thing: Thing, look: Look, tone: Tone): Promise<void> {
  const left = Math.round((thing.x ?? 0.5) * SIDE - object.width / 2)
  const top = Math.round((thing.y ?? 0.5) * SIDE - object.height / 2)
  const side = look.from === 'left' ? 1 : -1
  const cast = await castShadow(object, { blur: 28, opacity: 0.38 })
  const touch = await castShadow(object, { blur: 7, opacity: 0.32 })
  shade(canvas, cast.map, SHADOW_SCALE, left + side * 25 - cast.margin, top + 35 - cast.margin, tone.shadow)
  shade(canvas, touch.map, SHADOW_SCALE, left + side * 5 - touch.margin, top + 8 - touch.margin, tone.shadow)
  paint(canvas, object, left, top)
}

/** On its feet: the shadow runs over the table away from the light. */
async function stand(canvas: Raw, object: Raw, thing: Thing, baseline: number, look: Look, tone: Tone): Promise<void> {
  const left = Math.round((thing.x ?? 0.5) * SIDE - object.width / 2)
  const feet = Math.round((baseline + (thing.y ?? 0)) * SIDE)
  if (thing.floats) return paint(canvas, object, left, feet - object.height)
  const lean = look.from === 'left' ? 0.9 : -0.9
  const cast = await castShadow(object, { blur: 13, opacity: 0.42, squash: 0.3, lean })
  const [castWidth, castHeight] = [cast.map.width * SHADOW_SCALE, cast.map.height * SHADOW_SCALE]
  // Leaning moves the top of the shadow sideways and leaves its foot where it was.
  const castLeft = lean > 0 ? left - cast.margin : left + object.width + cast.margin - castWidth
  const foot = await footShadow(object)
  const footTop = feet - Math.round((foot.map.height * SHADOW_SCALE) / 2) - 5
  if (look.surface === 'gloss') await reflect(canvas, object, left, feet - 5)
  shade(canvas, cast.map, SHADOW_SCALE, castLeft, feet + cast.margin - castHeight - 5, tone.shadow)
  shade(canvas, foot.map, SHADOW_SCALE, left + foot.from - foot.margin, footTop, tone.shadow)
  paint(canvas, object, left, feet - object.height)
}

/** What a polished surface shows of the object: upside down and fading. */
async function reflect(canvas: Raw, object: Raw, left: number, top: number): Promise<void> {
  const flipped = await toRaw(fromRaw(object).flip().blur(3))
  const reach = object.height * 0.45
  paint(canvas, flipped, left, top, (row) => Math.max(0, 0.34 * (1 - row / reach)))
}

function fromRaw({ data, width, height }: Raw): Sharp {
  return sharp(data, { raw: { width, height, channels: 4 } })
}

async function toRaw(image: Sharp): Promise<Raw> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height, channels: info.channels }
}
