import sharp from 'sharp'
import { expect, test } from 'vitest'
import { Overloaded } from '#lib/batch'
import { isTimeout, renderPicture } from './pipeline.ts'

function blank(width: number, height: number, background = '#884422') {
  return sharp({ create: { width, height, channels: 3, background } })
}

async function refusalOf(bytes: Uint8Array): Promise<string | null> {
  const result = await renderPicture(bytes)
  return result.ok ? null : result.refusal.code
}

async function rendered(bytes: Uint8Array) {
  const result = await renderPicture(bytes)
  if (!result.ok) throw new Error(result.refusal.code)
  return result.value
}

test('JPEG, PNG and WebP become WebP in three widths, never larger than they came', async () => {
  for (const format of ['jpeg', 'png', 'webp'] as const) {
    const picture = await rendered(await blank(1000, 500).toFormat(format).toBuffer())
    expect(picture).toMatchObject({ width: 1000, height: 500 })
    const sizes = await Promise.all(picture.renditions.map(({ bytes }) => sharp(bytes).metadata()))
    expect(sizes.map(({ format, width, height }) => [format, width, height])).toEqual([
      ['webp', 320, 160],
      ['webp', 800, 400],
      ['webp', 1000, 500],
    ])
  }
})

test('the place where a photograph was taken, and all else it says beside the picture, is gone', async () => {
  const withPlace = await blank(300, 200)
    .withExif({ IFD0: { Copyright: 'Ada' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 3230/100' } })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">secret place</x:xmpmeta>')
    .jpeg()
    .toBuffer()
  expect((await sharp(withPlace).metadata()).exif).toBeDefined()
  for (const { bytes } of (await rendered(withPlace)).renditions) {
    const { exif, xmp, iptc, icc } = await sharp(bytes).metadata()
    expect([exif, xmp, iptc, icc]).toEqual([undefined, undefined, undefined, undefined])
    expect(bytes.includes('GPS')).toBe(false)
    expect(bytes.includes('secret place')).toBe(false)
  }
})

test('a photograph taken on its side is turned upright', async () => {
  const onItsSide = await blank(400, 200).withMetadata({ orientation: 6 }).jpeg().toBuffer()
  const picture = await rendered(onItsSide)
  expect(picture).toMatchObject({ width: 200, height: 400 })
  const first = await sharp(picture.renditions[0]?.bytes).metadata()
  expect([first.width, first.height]).toEqual([200, 400])
})

test('a vector is refused, whatever it says it is', async () => {
  const vector = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><script>alert(1)</script></svg>'
  for (const text of [vector, `<?xml version="1.0"?>${vector}`, `\ufeff${vector}`, `<!-- PNG -->${vector}`]) {
    expect(await refusalOf(Buffer.from(text))).toBe('not-a-picture')
  }
})

test('formats that are pictures but not ours are refused: GIF, TIFF, AVIF', async () => {
  for (const format of ['gif', 'tiff', 'avif'] as const) {
    expect(await refusalOf(await blank(300, 300).toFormat(format).toBuffer())).toBe('not-a-picture')
  }
})

test('what hides behind a picture does not come through', async () => {
  const picture = await blank(300, 300).jpeg().toBuffer()
  const polyglot = Buffer.concat([picture, Buffer.from('<script>alert(1)</script>PK\u0003\u0004 a whole archive')])
  for (const { bytes } of (await rendered(polyglot)).renditions) {
    expect(bytes.includes('<script>')).toBe(false)
    expect(bytes.subarray(0, 4).toString()).toBe('RIFF')
  }
})

test('the first bytes of a picture in front of something else make no picture', async () => {
  const png = Buffer.from('89504e470d0a1a0a', 'hex')
  const jpeg = Buffer.from('ffd8ffe000104a464946', 'hex')
  for (const head of [png, jpeg, Buffer.from('RIFF\u0010\u0000\u0000\u0000WEBPVP8 ')]) {
    expect(await refusalOf(Buffer.concat([head, Buffer.from('<svg onload="alert(1)">'.repeat(50))]))).toBe(
      'not-a-picture',
    )
  }
})

test('a picture that was cut off on its way is refused', async () => {
  const noise = sharp({
    create: {
      width: 600,
      height: 600,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
  for (const format of ['jpeg', 'png', 'webp'] as const) {
    const whole = await noise.clone().toFormat(format).toBuffer()
    expect(await refusalOf(whole), format).toBe(null)
    expect(await refusalOf(whole.subarray(0, Math.floor(whole.length / 2))), format).toBe('not-a-picture')
  }
  expect(await refusalOf(new Uint8Array())).toBe('not-a-picture')
})

test('a picture that took too long is not called something else', async () => {
  const slow = sharp({ create: { width: 5000, height: 5000, channels: 3, background: '#000' } }).blur(200)
  const error: unknown = await slow
    .timeout({ seconds: 1 })
    .toFormat('webp', { effort: 6 })
    .toBuffer()
    .catch((caught: unknown) => caught)
  expect(isTimeout(error)).toBe(true)
  const broken: unknown = await sharp(Buffer.from('no picture'))
    .toBuffer()
    .catch((caught: unknown) => caught)
  expect(isTimeout(broken)).toBe(false)
})

test('a small file that unfolds into a huge picture is refused', async () => {
  const bomb = await blank(14_000, 14_000).png({ compressionLevel: 9 }).toBuffer()
  expect(bomb.length).toBeLessThan(1_000_000)
  expect(await refusalOf(bomb)).toBe('picture-too-large')
})

test('more than 8 MB, less than 64 pixels and moving pictures are refused, each with its reason', async () => {
  expect(await refusalOf(new Uint8Array(8 * 1024 * 1024 + 1))).toBe('picture-too-large')
  expect(await refusalOf(await blank(63, 400).png().toBuffer())).toBe('picture-too-small')
  const frames = await Promise.all(['#f00', '#00f'].map((colour) => blank(100, 100, colour).png().toBuffer()))
  const moving = await sharp(frames, { join: { animated: true } })
    .webp()
    .toBuffer()
  expect((await sharp(moving, { pages: -1 }).metadata()).pages).toBe(2)
  expect(await refusalOf(moving)).toBe('animated-picture')
})

test('a crowd of pictures waits in a line, and the line has an end', async () => {
  const bytes = await blank(300, 300).png().toBuffer()
  const results = await Promise.allSettled(Array.from({ length: 60 }, () => renderPicture(bytes)))
  const refused = results.filter((result) => result.status === 'rejected')
  expect(refused.every((result) => result.reason instanceof Overloaded)).toBe(true)
  expect(refused).toHaveLength(60 - 2 - 32)
  expect(await refusalOf(bytes)).toBe(null)
})
