import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Figures } from './clients.ts'
import { plotOf } from './plot.ts'

/** What one way of doing it reached with so many clients. */
export interface Row {
  readonly way: string
  readonly figures: Figures
}

export interface Measurement {
  readonly name: string
  /** What was measured, on what, and what the audit said. */
  readonly title: string
  /** The heading over the plot. */
  readonly caption: string
  readonly unit: string
  readonly clients: readonly number[]
  readonly rows: readonly Row[]
  /** The measurement's own keys, for machines. */
  readonly figures: Readonly<Record<string, number>>
}

/** Prints the table and, last, the figures as one line of JSON; with --publish keeps both and a plot. */
export async function publish(measurement: Measurement): Promise<void> {
  await keep(measurement.name, reportOf(measurement), pictureOf(measurement))
}

/**
 * Prints a report, whose last line is the figures as JSON. With --publish it is kept with its plot, in `bench/results/` or in the
 * folder that BENCH_RESULTS names there.
 */
export async function keep(name: string, report: string, picture: string): Promise<void> {
  console.log(report)
  if (!process.argv.includes('--publish')) return
  const folder = join(import.meta.dirname, 'results', process.env.BENCH_RESULTS ?? '')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${name}.svg`), picture)
  await writeFile(join(folder, `${name}.txt`), `${report}\n`)
}

/** The figures of one way, by rising number of clients. */
export function figuresOf(rows: readonly Row[], way: string): Figures[] {
  return rows.filter((row) => row.way === way).map((row) => row.figures)
}

/** The most that one way reached. */
export function bestOf(rows: readonly Row[], way: string): number {
  return Math.max(...figuresOf(rows, way).map(({ perSecond }) => perSecond))
}

function reportOf({ title, unit, rows, figures }: Measurement): string {
  const lines = rows.map(({ way, figures: { clients, perSecond, p50, p99, refused } }) => {
    const cells = [clients, perSecond, inMs(p50), inMs(p99), refused]
    return way.padEnd(12) + cells.map((cell) => String(cell).padStart(9)).join(' ')
  })
  const head = `way           clients ${unit.padStart(9)}   p50 ms   p99 ms   refused`
  return [`${title}\n`, head, ...lines, `\n${JSON.stringify(figures)}`].join('\n')
}

function pictureOf({ caption, unit, clients, rows }: Measurement): string {
  const ways = [...new Set(rows.map(({ way }) => way))]
  const seriesOf = (value: (figures: Figures) => number) =>
    ways.map((name) => ({ name, values: figuresOf(rows, name).map(value) }))
  return plotOf(caption, 'clients', clients, [
    { title: unit, series: seriesOf(({ perSecond }) => perSecond) },
    { title: 'p99, milliseconds (log)', series: seriesOf(({ p99 }) => p99), log: true },
  ])
}

/** A way that has no such figure says so. */
function inMs(ms: number): string {
  return Number.isNaN(ms) ? '–' : ms.toFixed(2)
}
