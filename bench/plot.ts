/** A line of a plot: one value per position of the x axis. */
export interface Series {
  readonly name: string
  readonly values: readonly number[]
}

export interface Panel {
  readonly title: string
  readonly series: readonly Series[]
  /** Powers of ten instead of even steps. */
  readonly log?: boolean
}

const COLOURS = ['#7a7f87', '#c2410c', '#0f766e', '#6d28d9']
const [WIDTH, HEIGHT, LEFT, TOP, PLOT_W, PLOT_H] = [920, 360, 60, 50, 370, 230] as const

/**
 * Panels side by side over the same positions, as an SVG that reads on light and dark pages: it brings its own paper.
 * Every value is written beside its point, so that the picture can be checked against the table.
 */
export function plotOf(
  title: string,
  xName: string,
  xs: readonly (string | number)[],
  panels: readonly Panel[],
): string {
  const width = LEFT + panels.length * (PLOT_W + LEFT)
  const parts = panels.map((panel, index) => panelOf(panel, xs, LEFT + index * (PLOT_W + LEFT)))
  const names = panels[0]?.series ?? []
  const legend = names.map(({ name }, index) => {
    const x = LEFT + index * 150
    return `<rect x="${x}" y="${HEIGHT - 22}" width="12" height="12" fill="${COLOURS[index]}"/>${text(x + 18, HEIGHT - 12, name)}`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.max(width, WIDTH)} ${HEIGHT}" role="img" aria-label="${title}" font-family="system-ui, sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="#fffdf8"/>`,
    text(LEFT, 22, title, 'font-size="15" font-weight="600"'),
    ...parts,
    ...legend,
    text(width - LEFT, HEIGHT - 40, xName, 'text-anchor="end"'),
    '</svg>\n',
  ].join('\n')
}

function panelOf({ title, series, log = false }: Panel, xs: readonly (string | number)[], left: number): string {
  const all = series.flatMap((each) => each.values).filter((value) => value > 0)
  const [low, high] = log
    ? [Math.floor(Math.log10(Math.min(...all))), Math.ceil(Math.log10(Math.max(...all)))]
    : [0, niceTop(Math.max(...all))]
  const bottom = TOP + PLOT_H
  const y = (value: number) => bottom - (((log ? Math.log10(value) : value) - low) / (high - low)) * PLOT_H
  const x = (index: number) => left + 24 + (index * (PLOT_W - 60)) / Math.max(1, xs.length - 1)
  const ticks = log
    ? Array.from({ length: high - low + 1 }, (_, step) => 10 ** (low + step))
    : [0, 0.25, 0.5, 0.75, 1].map((share) => high * share)
  return [
    text(left, TOP - 10, title),
    ...ticks.map(
      (tick) =>
        `<path d="M${left} ${y(tick).toFixed(1)}h${PLOT_W}" stroke="#e6e0d4"/>${text(left - 6, y(tick) + 4, short(tick), 'text-anchor="end" fill="#6b6a66"')}`,
    ),
    ...xs.map((name, index) => text(x(index), bottom + 18, String(name), 'text-anchor="middle" fill="#6b6a66"')),
    ...series.map(({ values }, index) => lineOf(values, COLOURS[index] ?? '#000', x, y)),
  ].join('\n')
}

function lineOf(
  values: readonly number[],
  colour: string,
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  const points = values
    .map((value, index) => ({ value, px: x(index).toFixed(1), py: y(value).toFixed(1) }))
    .filter(({ value }) => !Number.isNaN(value))
  const path = points.map(({ px, py }, index) => `${index ? 'L' : 'M'}${px} ${py}`).join('')
  const dots = points.map(
    ({ value, px, py }) =>
      `<circle cx="${px}" cy="${py}" r="3.5" fill="${colour}"/>${text(Number(px) + 6, Number(py) - 6, short(value), `fill="${colour}" font-size="10"`)}`,
  )
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join('')}`
}

function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return Math.ceil(value / power) * power
}

function short(value: number): string {
  if (value >= 10_000) return `${Math.round(value / 1_000)}k`
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(2)))
}

function text(x: number, y: number, words: string, attributes = ''): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${attributes}>${words}</text>`
}
