import { plotOf } from '../plot.ts'
import { keep } from '../publish.ts'
import { FUNCTIONS, meanOf, type Function, type Tally } from './functions.ts'

/** So many sellers and as many buyers, and what came of each run. */
export interface Size {
  readonly people: number
  readonly runs: readonly { readonly tally: Tally; readonly perSecond: number }[]
}

/**
 * Prints the assignment's table and, last, the figures as one line of JSON; with --publish keeps both and a plot. Returns whether
 * every call was answered as it should be and the books add up.
 */
export async function report({
  title,
  sizes,
  breaches,
}: {
  title: string
  sizes: readonly Size[]
  breaches: number
}): Promise<boolean> {
  const errors = total(sizes, ({ errors: count }) => count)
  const figures = {
    ...Object.fromEntries(sizes.map((size) => [`throughput_${size.people}_per_s`, Math.round(throughput(size))])),
    ...Object.fromEntries(sizes.map((size) => [`mean_${size.people}_ms`, rounded(overall(size))])),
    errors,
    refused: total(sizes, ({ refused }) => refused),
    breaches,
  }
  const text = [`${title}\n`, ...tableOf(sizes), ...complaintsOf(sizes), `\n${JSON.stringify(figures)}`].join('\n')
  await keep('evaluation', text, pictureOf(sizes))
  return errors + breaches === 0
}

function tableOf(sizes: readonly Size[]): string[] {
  const row = (name: string, values: readonly string[]) =>
    name.padEnd(26) + values.map((value) => value.padStart(13)).join('')
  return [
    row(
      'sellers + buyers',
      sizes.map(({ people }) => `${people} + ${people}`),
    ),
    ...FUNCTIONS.map((name) =>
      row(
        name,
        sizes.map((size) => inMs(mean(size, name))),
      ),
    ),
    row(
      'all functions',
      sizes.map((size) => inMs(overall(size))),
    ),
    row(
      'calls a second',
      sizes.map((size) => Math.round(throughput(size)).toLocaleString('en')),
    ),
  ]
}

function complaintsOf(sizes: readonly Size[]): string[] {
  return [...new Set(sizes.flatMap(({ runs }) => runs.flatMap(({ tally }) => [...tally.complaints])))]
}

function pictureOf(sizes: readonly Size[]): string {
  const shown: Function[] = ['buyer: search', 'buyer: add to cart', 'buyer: purchase', 'seller: put on sale']
  const people = sizes.map((size) => size.people)
  return plotOf('The evaluation: sellers and as many buyers at once', 'sellers', people, [
    {
      title: 'mean response time, milliseconds (log)',
      series: shown.map((name) => ({ name, values: sizes.map((size) => mean(size, name)) })),
      log: true,
    },
    {
      title: 'calls answered a second',
      series: [{ name: 'all functions', values: sizes.map(throughput) }],
    },
  ])
}

/** The mean over the runs of each run's mean. */
function mean({ runs }: Size, name: Function): number {
  const means = runs.map(({ tally }) => meanOf(tally, name)).filter((value) => !Number.isNaN(value))
  return means.reduce((sum, value) => sum + value, 0) / means.length
}

function overall({ runs }: Size): number {
  const times = runs.flatMap(({ tally }) => [...tally.times.values()])
  const count = times.reduce((sum, list) => sum + list.length, 0)
  return times.reduce((sum, list) => sum + list.reduce((part, ms) => part + ms, 0), 0) / count
}

function throughput({ runs }: Size): number {
  return runs.reduce((sum, { perSecond }) => sum + perSecond, 0) / runs.length
}

function total(sizes: readonly Size[], count: (tally: Tally) => number): number {
  return sizes.flatMap(({ runs }) => runs).reduce((sum, { tally }) => sum + count(tally), 0)
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}

function inMs(ms: number): string {
  return Number.isNaN(ms) ? '–' : ms.toFixed(2)
}
