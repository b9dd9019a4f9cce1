import { Moment } from '#components/ui/moment'
import type { SellerOrderView } from '#lib/orders/schema'
import { eventWords, noteOf, type Reader } from './order-words.tsx'

interface TimelineProps {
  /** When it was paid, or else ordered: what everything else comes after. */
  since: string
  events: SellerOrderView['events']
  reader: Reader
}

/** What happened to a seller order, oldest first: who did it, when, and what they wrote with it. */
export function Timeline({ since, events, reader }: TimelineProps) {
  const firstSent = events.findIndex((event) => event.what === 'shipped')
  const steps = [
    { at: since, words: 'Ordered and paid', note: '' },
    ...events.map((event, index) => ({
      at: event.at,
      words: eventWords(event, reader, index > firstSent),
      note: noteOf(event),
    })),
  ]
  return (
    <ol className="grid">
      {steps.map(({ at, words, note }, index) => (
        <li key={index} className="relative grid grid-cols-[1rem_1fr] gap-x-3 pb-4 last:pb-0">
          {index < steps.length - 1 ? (
            <span aria-hidden className="absolute top-3 bottom-[-0.375rem] left-[0.46875rem] w-px bg-line" />
          ) : null}
          <span
            aria-hidden
            className={`relative mt-1.5 size-2.5 justify-self-center rounded-full ${index === steps.length - 1 ? 'bg-accent' : 'bg-line-strong'}`}
          />
          <div className="min-w-0">
            <p className="font-medium">{words}</p>
            {note ? <p className="mt-0.5 border-l-2 border-line pl-2.5 wrap-break-word text-ink">“{note}”</p> : null}
            <p className="text-sm text-muted">
              <Moment at={at} />
            </p>
          </div>
        </li>
      ))}
    </ol>
  )
}
