import { formatMoney } from '#lib/money'

export interface DayBar {
  /** YYYY-MM-DD */
  day: string
  totalCents: string
  count: number
}

const BAR = 26
const GAP = 10
const HEIGHT = 120
const LABELS = 18

/** Money by day as bars, the last day brighter. Screen readers get the same numbers as a table. */
export function DayBars({ caption, days }: { caption: string; days: readonly DayBar[] }) {
  const highest = days.reduce((most, day) => (BigInt(day.totalCents) > most ? BigInt(day.totalCents) : most), 0n)
  const width = days.length * (BAR + GAP) - GAP
  return (
    <figure>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT + LABELS}`}
        className="block w-full overflow-visible"
        aria-hidden
        focusable="false"
      >
        <line x1={0} x2={width} y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} className="stroke-line" />
        {days.map((day, index) => (
          <Bar
            key={day.day}
            day={day}
            x={index * (BAR + GAP)}
            share={shareOf(day, highest)}
            isLast={index === days.length - 1}
          />
        ))}
      </svg>
      <figcaption className="mt-2 flex flex-wrap justify-between gap-x-4 text-sm text-muted">
        <span>{caption}</span>
        <span className="count">Best day {formatMoney(highest)}</span>
      </figcaption>
      <div className="sr-only">
        <DayTable caption={caption} days={days} />
      </div>
    </figure>
  )
}

function Bar({ day, x, share, isLast }: { day: DayBar; x: number; share: number; isLast: boolean }) {
  // A day with a sale is always to be seen, however small beside the best one.
  const height = share > 0 ? Math.max(4, share * (HEIGHT - 6)) : 2
  return (
    <g className="group">
      <title>{`${longDay(day.day)}: ${sentenceOf(day)}`}</title>
      <rect x={x - GAP / 2} y={0} width={BAR + GAP} height={HEIGHT + LABELS} className="fill-transparent" />
      <rect
        x={x}
        y={HEIGHT - height}
        width={BAR}
        height={height}
        rx={Math.min(5, height / 2)}
        className={
          share === 0 ? 'fill-line' : isLast ? 'fill-accent' : 'fill-saffron transition group-hover:fill-accent'
        }
      />
      <text x={x + BAR / 2} y={HEIGHT + 14} textAnchor="middle" className="fill-muted text-[11px] count">
        {Number(day.day.slice(8))}
      </text>
    </g>
  )
}

function DayTable({ caption, days }: { caption: string; days: readonly DayBar[] }) {
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Sales</th>
          <th scope="col">Orders</th>
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <tr key={day.day}>
            <th scope="row">{longDay(day.day)}</th>
            <td>{formatMoney(BigInt(day.totalCents))}</td>
            <td>{day.count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Only the picture's height is a float: the amounts stay whole. */
function shareOf(day: DayBar, highest: bigint): number {
  return highest === 0n ? 0 : Number((BigInt(day.totalCents) * 1_000n) / highest) / 1_000
}

function sentenceOf({ totalCents, count }: DayBar): string {
  return `${formatMoney(BigInt(totalCents))} in ${count === 1 ? 'one order' : `${count} orders`}`
}

function longDay(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-IE', { day: 'numeric', month: 'long', timeZone: 'UTC' })
}
