import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'

/** Something that is counted (it only rises while the process lives) or measured, by its labels. Units end the name. */
export interface Metric {
  readonly name: string
  readonly help: string
  readonly type: 'gauge' | 'counter'
  readonly values: readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[]
}

/** What part of a node has to show, read when it is asked for. */
export type MetricSource = () => readonly Metric[]

export interface MetricsServer {
  readonly url: string
  stop(): Promise<void>
}

/**
 * Answers GET /metrics, in the text that Prometheus reads, on a port of its own: whoever may not read it does not reach it, and
 * no proxy that passes people on to the market passes them on to it.
 * What Node says of itself is in it: memory, garbage collection, the event loop's lag.
 */
export async function serveMetrics(
  { host, port }: { host: string; port: number },
  sources: readonly MetricSource[],
): Promise<MetricsServer> {
  const process = new Registry()
  collectDefaultMetrics({ register: process })
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end()
    void Promise.all([process.metrics(), registryOf(sources).metrics()]).then(
      (texts) => response.writeHead(200, { 'Content-Type': process.contentType }).end(texts.join('\n')),
      () => response.writeHead(500).end(),
    )
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}/metrics`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** As it is at this moment. */
function registryOf(sources: readonly MetricSource[]): Registry {
  const registry = new Registry()
  for (const { name, help, type, values } of sources.flatMap((source) => source())) {
    const labelNames = Object.keys(values[0]?.labels ?? {})
    const options = { name, help, labelNames, registers: [registry] }
    if (type === 'gauge') {
      const gauge = new Gauge(options)
      for (const { labels = {}, value } of values) gauge.set(labels, value)
    } else {
      const counter = new Counter(options)
      for (const { labels = {}, value } of values) counter.inc(labels, value)
    }
  }
  return registry
}
