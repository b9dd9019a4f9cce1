import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { createRouter } from './router.ts'

const app = new Hono({ router: createRouter() })
app.use('*', async (c, next) => {
  c.header('passed', 'all')
  await next()
})
app.use('/api/*', async (c, next) => {
  c.header('passed', 'api', { append: true })
  await next()
})
app.get('/api/tokens/:id', (c) => c.text(`token ${c.req.param('id')}`))
app.get('/api/tokens/current', (c) => c.text('the current one'))
app.delete('/api/tokens/:id', (c) => c.text(`no more ${c.req.param('id')}`))
app.get('/api/tokens/:id/uses', (c) => c.text(`uses of ${c.req.param('id')}`))

async function ask(method: string, path: string) {
  const answer = await app.request(path, { method })
  return [answer.status, await answer.text(), answer.headers.get('passed')]
}

test('a name goes before a parameter at its place, whichever was said first, and all pass the middleware', async () => {
  expect(await ask('GET', '/api/tokens/current')).toEqual([200, 'the current one', 'all, api'])
  expect(await ask('GET', '/api/tokens/7')).toEqual([200, 'token 7', 'all, api'])
  expect(await ask('GET', '/api/tokens/current/uses')).toEqual([200, 'uses of current', 'all, api'])
})

test('a name counts for the methods it was said for', async () => {
  expect(await ask('DELETE', '/api/tokens/current')).toEqual([200, 'no more current', 'all, api'])
  expect((await ask('PUT', '/api/tokens/current'))[0]).toBe(404)
  expect((await ask('GET', '/api/tokens'))[0]).toBe(404)
})
