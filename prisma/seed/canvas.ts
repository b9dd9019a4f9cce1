/**
 * Painting on RGB pixels. A loop of our own instead of sharp's `composite`, which took four fifths of the time of a
 * picture: a whole market is made while somebody waits.
 */

/** Pixels in rows, `channels` bytes each. */
export interface Raw {
  readonly data: Buffer
  readonly width: number
  readonly height: number
  readonly channels: number
}

// How far a channel can go when the softest light (CSS `soft-light`) darkens or brightens it fully, by its value.
const DARKER = Float32Array.from({ length: 256 }, (_, value) => (value * (255 - value)) / 255)
const BRIGHTER = Float32Array.from({ length: 256 }, (_, value) => Math.sqrt(value * 255) - value)

const GRAIN_SIDE = 251
const grain = makeGrain()

/** Lays light and shade (a small grey map with alpha, enlarged smoothly) over the canvas, and the grain of paper. */
export function light(canvas: Raw, map: Raw, warmth: readonly [number, number, number]): void {
  const strengths = strengthsOf(map)
  const { data, width, height } = canvas
  const [red, green, blue] = warmth
  const columns = columnsOf(map.width, width, map.width / width, 0)
  for (let y = 0, at = 0; y < height; y++) {
    const noise = (y % GRAIN_SIDE) * GRAIN_SIDE
    const row = rowOf(strengths, map, (y * map.height) / height)
    for (let x = 0; x < width; x++, at += 3) {
      const strength = along(row, columns[x] as number)
      const speck = grain[noise + (x % GRAIN_SIDE)] as number
      const reach = strength < 0 ? DARKER : BRIGHTER
      const [r, g, b] = [data[at] as number, data[at + 1] as number, data[at + 2] as number]
      data[at] = clamp(r + strength * red * (reach[r] as number) + speck)
      data[at + 1] = clamp(g + strength * green * (reach[g] as number) + speck)
      data[at + 2] = clamp(b + strength * blue * (reach[b] as number) + speck)
    }
  }
}

/** Darkens the canvas towards the colour where the map (one channel, enlarged `scale` times) says so. */
export function shade(canvas: Raw, map: Raw, scale: number, left: number, top: number, color: string): void {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16)) as [number, number, number]
  const { data, width } = canvas
  const area = overlap(canvas, left, top, map.width * scale, map.height * scale)
  const columns = columnsOf(map.width, area.right - area.left, 1 / scale, (area.left - left) / scale)
  for (let y = area.top; y < area.bottom; y++) {
    const row = rowOf(map.data, map, (y - top) / scale)
    let at = (y * width + area.left) * 3
    for (let x = 0; x < columns.length; x++, at += 3) {
      const alpha = along(row, columns[x] as number) / 255
      const [r, g, b] = [data[at] as number, data[at + 1] as number, data[at + 2] as number]
      data[at] = r + (red - r) * alpha
      data[at + 1] = g + (green - g) * alpha
      data[at + 2] = b + (blue - b) * alpha
    }
  }
}

/** Paints the object (RGBA) over the canvas, with an opacity for each of its rows. */
export function paint(canvas: Raw, object: Raw, left: number, top: number, opacity = (_row: number) => 1): void {
  const { data, width } = canvas
  const area = overlap(canvas, left, top, object.width, object.height)
  for (let y = area.top; y < area.bottom; y++) {
    const rowOpacity = opacity(y - top) / 255
    let at = (y * width + area.left) * 3
    let from = ((y - top) * object.width + area.left - left) * 4
    for (let x = area.left; x < area.right; x++, from += 4, at += 3) {
      const alpha = (object.data[from + 3] as number) * rowOpacity
      if (alpha === 0) continue
      for (let channel = 0; channel < 3; channel++) {
        const value = data[at + channel] as number
        data[at + channel] = value + ((object.data[from + channel] as number) - value) * alpha
      }
    }
  }
}

/** From −1 (fully dark) to 1 (fully bright): how light the map's colour is, times its alpha. */
function strengthsOf(map: Raw): Float32Array {
  return Float32Array.from({ length: map.width * map.height }, (_, pixel) => {
    const at = pixel * map.channels
    return (((map.data[at] ?? 0) / 127.5 - 1) * (map.data[at + 3] ?? 0)) / 255
  })
}

/** The map at this height, between its rows. One value more than the map is wide, so that `along` needs no check. */
function rowOf(map: Buffer | Float32Array, { width, height }: Raw, y: number): Float32Array {
  const at = Math.min(height - 1, Math.max(0, y - 0.5))
  const above = Math.floor(at)
  const below = Math.min(above + 1, height - 1)
  const part = at - above
  const row = new Float32Array(width + 1)
  for (let x = 0; x <= width; x++) {
    const column = Math.min(x, width - 1)
    const upper = map[above * width + column] as number
    row[x] = upper + ((map[below * width + column] as number) - upper) * part
  }
  return row
}

/** Where in the map's row each pixel's column lies. */
function columnsOf(mapWidth: number, pixels: number, step: number, start: number): Float32Array {
  const columns = new Float32Array(Math.max(0, pixels))
  for (let x = 0; x < pixels; x++) columns[x] = Math.min(mapWidth - 1, Math.max(0, start + x * step - 0.5))
  return columns
}

function along(row: Float32Array, column: number): number {
  const left = column | 0
  const value = row[left] as number
  return value + ((row[left + 1] as number) - value) * (column - left)
}

function overlap(canvas: Raw, left: number, top: number, width: number, height: number) {
  return {
    left: Math.max(0, left),
    top: Math.max(0, top),
    right: Math.min(canvas.width, left + width),
    bottom: Math.min(canvas.height, top + height),
  }
}

function clamp(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value
}

/** Noise from −4 to 4, mostly near 0; the same in every market. */
function makeGrain(): Int8Array {
  let state = 1
  const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  return Int8Array.from({ length: GRAIN_SIDE * GRAIN_SIDE }, () => Math.round((next() + next() - 1) * 4))
}
