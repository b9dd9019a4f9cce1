import { expect, test } from 'vitest'
import * as z from 'zod'
import { serveRoutes } from '../../scripts/test-routes.ts'
import { createRoute, json, newRouter } from './route.ts'

const said = { 200: { description: 'What was read', content: json(z.unknown()) } }
const described = { scope: 'none' as const, responses: said }
const word = z.string().min(2, 'is too short')
const file = z.custom<File>((value) => value instanceof File, 'Choose a file.')

const all = createRoute({
  ...described,
  method: 'post',
  path: '/all/{id}',
  request: {
    query: z.strictObject({ word, each: z.array(word).optional() }),
    params: z.strictObject({ id: z.coerce.number('is no number') }),
    headers: z.object({ 'x-word': word }),
    body: { content: json(z.strictObject({ word })), required: true },
  },
})
const form = createRoute({
  ...described,
  method: 'post',
  path: '/form',
  request: { body: { content: { 'multipart/form-data': { schema: z.object({ file }) } }, required: true } },
})
const routes = newRouter()
  .openapi(all, (c) =>
    c.json([c.req.valid('query'), c.req.valid('param'), c.req.valid('header'), c.req.valid('json')], 200),
  )
  .openapi(form, async (c) => c.json(await c.req.valid('form').file.text(), 200))

const { request } = serveRoutes(routes, null)

async function ask(path: string, init: RequestInit) {
  const response = await request(path, { method: 'POST', ...init })
  const answer = (await response.json()) as { code?: string; fields?: object }
  return response.status === 200 ? answer : [response.status, answer.code, answer.fields]
}

const headers = { 'content-type': 'application/json', 'x-word': 'head' }
const body = '{"word":"body"}'

test('all parts are read as their schemas say, and what comes more often is a list', async () => {
  expect(await ask('/all/7?word=query&each=one&each=two', { headers, body })).toEqual([
    { word: 'query', each: ['one', 'two'] },
    { id: 7 },
    { 'x-word': 'head' },
    { word: 'body' },
  ])
})

test('what does not fit is told at its field, one part after the other', async () => {
  const refused = (fields: object) => [400, 'invalid-input', fields]
  expect(await ask('/all/x?word=q', { headers, body })).toEqual(refused({ word: 'is too short' }))
  expect(await ask('/all/x?word=query', { headers, body })).toEqual(refused({ id: 'is no number' }))
  const short = { ...headers, 'x-word': 'h' }
  expect(await ask('/all/7?word=query', { headers: short, body })).toEqual(refused({ 'x-word': 'is too short' }))
  expect(await ask('/all/7?word=query', { headers, body: '{"word":"b"}' })).toEqual(refused({ word: 'is too short' }))
  // Nothing sent is an empty body: it says what lacks.
  const [status, code, fields] = (await ask('/all/7?word=query', { headers: { 'x-word': 'head' } })) as unknown[]
  expect([status, code, Object.keys(fields as object)]).toEqual([400, 'invalid-input', ['word']])
})

test('a body that is no JSON, or of another kind, is refused', async () => {
  for (const broken of ['{', '', 'word']) {
    expect(await ask('/all/7?word=query', { headers, body: broken })).toEqual([400, 'invalid-input', undefined])
  }
  for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/x-json', 'constructor']) {
    const other = { ...headers, 'content-type': type }
    expect(await ask('/all/7?word=query', { headers: other, body })).toEqual([415, 'wrong-content-type', undefined])
  }
  const said = { ...headers, 'content-type': 'Application/JSON; charset=utf-8' }
  expect(await ask('/all/7?word=query', { headers: said, body })).toHaveLength(4)
})

test('a form has one file, and is a form', async () => {
  const sent = new FormData()
  sent.append('file', new File(['text'], 'a.csv'))
  expect(await ask('/form', { body: sent })).toBe('text')
  sent.append('file', new File(['more'], 'b.csv'))
  expect(await ask('/form', { body: sent })).toEqual([400, 'invalid-input', { file: 'Choose a file.' }])
  const cut = { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x\r\ncut' }
  expect(await ask('/form', cut)).toEqual([400, 'invalid-input', undefined])
  expect(await ask('/form', { headers, body })).toEqual([415, 'wrong-content-type', undefined])
})
