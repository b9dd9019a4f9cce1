import { Readable } from 'node:stream'
import { kernelProblem } from '#lib/api/problem'
import { createRoute, json, limit, newRouter, problems, reply, requireMember } from '#lib/api/route'
import { savePicture } from './commands.ts'
import { mediaErrors } from './errors.ts'
import { openPicture } from './files.ts'
import { parsePictureFile } from './rules.ts'
import { pictureForm, pictureView } from './schema.ts'

const postPicture = createRoute({
  operationId: 'uploadPicture',
  method: 'post',
  path: '/pictures',
  scope: 'sell',
  tags: ['Pictures'],
  summary: 'Upload a picture',
  description: 'JPEG, PNG or WebP, at most 8 MB. It is drawn anew in three widths, `/media/{id}-{320|800|1600}.webp`.',
  request: { body: { content: { 'multipart/form-data': { schema: pictureForm } }, required: true } },
  responses: {
    201: { description: 'The picture', content: json(pictureView) },
    ...problems(mediaErrors, 'sign-in-required', 'too-large', 'too-many-requests', ...Object.keys(mediaErrors)),
  },
})

/** The upload, under /api/v1. */
export const pictureRoutes = newRouter().openapi(postPicture, async (c) => {
  const { userId } = requireMember(c)
  limit(c, 'picture', 120, 60, userId)
  const { file } = c.req.valid('form')
  const bytes = new Uint8Array(await file.arrayBuffer())
  return reply(c, await savePicture({ ownerId: userId, bytes }), mediaErrors, 201)
})

/** The files, under /media. A name never gets other bytes, so browsers may keep them for ever. */
export const mediaRoutes = newRouter()
mediaRoutes.get('/:file', async (c) => {
  const name = parsePictureFile(c.req.param('file'))
  if (!name) throw kernelProblem('not-found')
  const etag = `"${name.id}-${name.width}"`
  const headers = {
    'Cache-Control': 'public, max-age=31536000, immutable',
    ETag: etag,
    'Content-Type': 'image/webp',
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
  }
  if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers)
  const file = await openPicture(name.id, name.width)
  if (!file) throw kernelProblem('not-found')
  if (c.req.method === 'HEAD') {
    await file.close()
    return c.body(null, 200, { ...headers, 'Content-Length': String(file.size) })
  }
  const stream = Readable.toWeb(file.stream()) as ReadableStream<Uint8Array>
  return c.body(stream, 200, { ...headers, 'Content-Length': String(file.size) })
})
