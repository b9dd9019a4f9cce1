import type { ErrorTable } from '#lib/errors'

export const mediaErrors = {
  'not-a-picture': { status: 422, message: 'This is not a JPEG, PNG or WebP picture we can read.' },
  'picture-too-large': { status: 413, message: 'The picture is too large: at most 8 MB and 25 million pixels.' },
  'picture-too-small': { status: 422, message: 'The picture is too small: each side needs at least 64 pixels.' },
  'animated-picture': { status: 422, message: 'Moving pictures are not taken. Choose a still one.' },
} as const satisfies ErrorTable

export type MediaCode = keyof typeof mediaErrors
