'use client'

import { Alert } from '#components/ui/alert'
import { Badge } from '#components/ui/badge'
import { CardSection } from '#components/ui/card'
import { Moment } from '#components/ui/moment'
import { Table, Td, Th } from '#components/ui/table'
import type { TraderView } from '#lib/trader/schema'
import { agoWords, dutyWords, endWords, msWords, spanWords } from './trader-words.tsx'
import { useTrader } from './use-trader.tsx'

/** Who trades, what becomes of the duties, and who traded before; always as it is now. */
export function TraderState({ initial }: { initial: TraderView }) {
  const { trader, refusal } = useTrader(initial)
  return (
    <div className="grid gap-6 *:min-w-0">
      {refusal ? (
        <Alert tone="warn" title="This is not the newest">
          {refusal} As of <Moment at={trader.at} />; it is asked for again by itself.
        </Alert>
      ) : null}
      <Current trader={trader} />
      <section aria-labelledby="duties">
        <h2 id="duties" className="mb-3 font-display text-xl font-semibold">
          Duties
        </h2>
        <Duties trader={trader} />
      </section>
      <section aria-labelledby="terms">
        <h2 id="terms" className="mb-3 font-display text-xl font-semibold">
          Turns
        </h2>
        <Terms trader={trader} />
      </section>
    </div>
  )
}

function Current({ trader: { at, current } }: { trader: TraderView }) {
  if (!current) {
    return (
      <Alert tone="bad" title="Nobody trades just now">
        Nothing is settled or paid out. A node that runs takes over within seconds; if this stays, none does.
      </Alert>
    )
  }
  const left = Math.max(0, Date.parse(current.expiresAt) - Date.parse(at))
  return (
    <CardSection title="Who trades" action={<Badge tone="good">Trading</Badge>}>
      <dl className="grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-4">
        <Fact term="Node" className="sm:col-span-2 lg:col-span-1">
          <span className="wrap-anywhere">{current.node}</span>
        </Fact>
        <Fact term="Turn">{current.epoch}</Fact>
        <Fact term="Since">
          {current.since ? `${spanWords(current.since, at)} (${timeOf(current.since)})` : 'just now'}
        </Fact>
        <Fact term="Lease runs for">{msWords(Math.round(left / 100) * 100)}</Fact>
      </dl>
    </CardSection>
  )
}

function Fact({ term, className, children }: { term: string; className?: string; children: React.ReactNode }) {
  return (
    <div className={className}>
      <dt className="text-sm font-medium text-muted">{term}</dt>
      <dd className="text-lg font-semibold count">{children}</dd>
    </div>
  )
}

function Duties({ trader: { at, duties } }: { trader: TraderView }) {
  if (duties.length === 0) return <p className="text-muted">None has run yet: they begin with the first turn.</p>
  return (
    <Table caption="What the trader does, and what became of it">
      <thead>
        <tr>
          <Th>Duty</Th>
          <Th>State</Th>
          <Th end>Last run</Th>
          <Th end>Lag</Th>
          <Th end>Took</Th>
          <Th end>Done</Th>
          <Th end>Failures</Th>
        </tr>
      </thead>
      <tbody>
        {duties.map((duty) => (
          <tr key={duty.name}>
            <th scope="row" className="min-w-44 border-b border-line px-4 py-3 font-medium">
              {dutyWords(duty.name)}
              <span className="block font-normal text-muted">{duty.name}</span>
            </th>
            <Td>
              {duty.failing > 0 ? <Badge tone="bad">Fails</Badge> : <Badge tone="good">Works</Badge>}
              <LastError duty={duty} at={at} />
            </Td>
            <Td end className="whitespace-nowrap">
              {agoWords(duty.ranAt, at) ?? 'never'}
            </Td>
            <Td end className="whitespace-nowrap">
              {msWords(duty.lagMs)}
            </Td>
            <Td end className="whitespace-nowrap">
              {msWords(duty.tookMs)}
            </Td>
            <Td end>{duty.done}</Td>
            <Td end>{duty.failures}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function LastError({ duty: { lastError, failedAt, failing }, at }: { duty: TraderView['duties'][number]; at: string }) {
  if (!lastError) return null
  return (
    <span className="mt-1 block max-w-xs min-w-40 text-xs wrap-anywhere text-muted">
      {failing > 1 ? `${failing} times in a row: ` : ''}
      {lastError}
      {failedAt ? ` (${agoWords(failedAt, at)})` : ''}
    </span>
  )
}

function Terms({ trader: { at, terms } }: { trader: TraderView }) {
  if (terms.length === 0) return <p className="text-muted">Nobody has traded here yet.</p>
  return (
    <Table caption="The latest turns, the current one first">
      <thead>
        <tr>
          <Th end>Turn</Th>
          <Th>Node</Th>
          <Th>From</Th>
          <Th end>For</Th>
          <Th>Why it ended</Th>
          <Th end>Kept out</Th>
        </tr>
      </thead>
      <tbody>
        {terms.map((term) => (
          <tr key={term.epoch}>
            <Td end>{term.epoch}</Td>
            <Td>{term.node}</Td>
            <Td className="whitespace-nowrap">
              <Moment at={term.beganAt} />
            </Td>
            <Td end className="whitespace-nowrap">
              {spanWords(term.beganAt, term.endedAt ?? at)}
            </Td>
            <Td className="whitespace-nowrap">{endWords(term)}</Td>
            <Td end>{term.refused === 0 ? '–' : `${term.refused}×`}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function timeOf(at: string): string {
  return `${new Date(at).toLocaleTimeString('en-IE', { timeStyle: 'short', timeZone: 'UTC' })} UTC`
}
