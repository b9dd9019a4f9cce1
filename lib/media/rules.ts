/** The widths every picture lies on disk in, narrow to wide. */
export const PICTURE_WIDTHS = [320, 800, 1600] as const

export type PictureWidth = (typeof PICTURE_WIDTHS)[number]

export const PICTURE_BYTES_MAX = 8 * 1024 * 1024
export const PICTURE_PIXELS_MAX = 25_000_000
/** Below this a picture is an icon, and blurred wherever it is shown. */
export const PICTURE_SIDE_MIN = 64

/** The address of a picture in one of its widths. */
export function pictureUrl(id: string, width: PictureWidth): string {
  return `/media/${id}-${width}.webp`
}

const FILE = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(320|800|1600)\.webp$/

/** The picture and width that a file name asks for; null for any other text, whatever it tries. */
export function parsePictureFile(name: string): { id: string; width: PictureWidth } | null {
  const match = FILE.exec(name)
  return match?.[1] ? { id: match[1], width: Number(match[2]) as PictureWidth } : null
}
