import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { inflateSync } from 'node:zlib'
import * as fontkit from 'fontkit'
import { once } from '#lib/once'

export type Weight = 'regular' | 'bold'
export type FontName = Weight | 'rest'

const require = createRequire(import.meta.url)

const FILES: Record<FontName, () => string> = {
  regular: () => require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
  bold: () => require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
  // Plain, but it has a sign for every character of the basic plane.
  rest: () => require.resolve('@fontsource/unifontex/files/unifontex-latin-400-normal.woff'),
}

/** A font, opened once in this process. */
export function fontOf(name: FontName): fontkit.Font {
  return once(`invoice-font:${name}`, () => {
    const path = FILES[name]()
    const file = readFileSync(path)
    const opened = fontkit.create(path.endsWith('.woff') ? unpackWoff(file) : file)
    if (!('layout' in opened)) throw new Error(`${path} is not one font.`)
    return opened
  })
}

/**
 * A web font as the font that is packed in it. The library would read it packed too, but unpacks a table anew for each sign of
 * it: seconds instead of milliseconds for a few Chinese words.
 * Source: WOFF File Format 1.0, W3C.
 */
function unpackWoff(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12)
  const directory = Buffer.alloc(12 + 16 * count)
  woff.copy(directory, 0, 4, 8)
  directory.writeUInt16BE(count, 4)
  const tables: Buffer[] = []
  let offset = directory.length
  for (let index = 0; index < count; index++) {
    const entry = 44 + 20 * index
    const at = woff.readUInt32BE(entry + 4)
    const [packed, length] = [woff.readUInt32BE(entry + 8), woff.readUInt32BE(entry + 12)]
    const bytes = woff.subarray(at, at + packed)
    const table = packed < length ? inflateSync(bytes) : bytes
    const row = 12 + 16 * index
    woff.copy(directory, row, entry, entry + 4)
    directory.writeUInt32BE(woff.readUInt32BE(entry + 16), row + 4)
    directory.writeUInt32BE(offset, row + 8)
    directory.writeUInt32BE(length, row + 12)
    // Tables begin at multiples of four.
    const padded = Buffer.alloc((length + 3) & ~3)
    table.copy(padded)
    tables.push(padded)
    offset += padded.length
  }
  return Buffer.concat([directory, ...tables])
}
