import { afterEach, expect, test } from 'vitest'
import { serveMetrics, type MetricsServer, type MetricSource } from './metrics.ts'

let server: MetricsServer | null = null
afterEach(async () => {
  await server?.stop()
  server = null
})

async function serve(...sources: MetricSource[]): Promise<string> {
  server = await serveMetrics({ host: '127.0.0.1', port: 0 }, sources)
  return server.url
}

test('what sources show is read anew each time, as Prometheus has it, beside what Node says of itself', async () => {
  let sold = 2
  const url = await serve(() => [
    { name: 'sold_total', help: 'Pieces.', type: 'counter', values: [{ value: sold }] },
    {
      ...{ name: 'free', help: 'Places.', type: 'gauge' },
      values: [
        { labels: { hall: 'a' }, value: 1.5 },
        { labels: { hall: 'b' }, value: 0 },
      ],
    },
  ])
  const response = await fetch(url)
  expect([response.status, response.headers.get('Content-Type')]).toEqual([200, expect.stringContaining('text/plain')])
  const text = await response.text()
  expect(text).toContain('# HELP sold_total Pieces.\n# TYPE sold_total counter\nsold_total 2\n')
  expect(text).toContain('# TYPE free gauge\nfree{hall="a"} 1.5\nfree{hall="b"} 0\n')
  expect(text).toContain('nodejs_eventloop_lag_seconds')
  sold = 5
  expect(await (await fetch(url)).text()).toContain('\nsold_total 5\n')
})

test('nothing else is there, and a port that is taken is an error', async () => {
  const url = await serve()
  expect((await fetch(new URL('/', url))).status).toBe(404)
  expect((await fetch(url, { method: 'POST' })).status).toBe(404)
  await expect(serveMetrics({ host: '127.0.0.1', port: Number(new URL(url).port) }, [])).rejects.toThrow('EADDRINUSE')
})
