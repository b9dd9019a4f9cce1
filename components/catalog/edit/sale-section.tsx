'use client'

import { useSyncExternalStore } from 'react'
import { CardSection } from '#components/ui/card'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import type { SectionProps } from './section-props.tsx'

/** When it opens, and how many one buyer may have. */
export function SaleSection({ draft, fields, onChange }: SectionProps) {
  const isBrowser = useIsBrowser()
  return (
    <CardSection title="The sale">
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          label="Opens at"
          optional
          hint={
            isBrowser
              ? `In your time zone, ${zone()}. Empty: on sale as soon as it is published.`
              : 'Empty: on sale as soon as it is published.'
          }
          error={fields.opensAt}
        >
          {(control) => (
            // Not controlled: a browser reports a half typed date as empty, and would lose it.
            <Input
              {...control}
              key={String(isBrowser)}
              type="datetime-local"
              defaultValue={isBrowser ? localOf(draft.opensAt) : ''}
              onChange={(event) => onChange({ opensAt: isoOf(event.target.value) })}
            />
          )}
        </Field>
        <Field label="Most pieces per buyer" optional hint="Empty: the market's own limit." error={fields.cap}>
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              value={draft.cap}
              onChange={(event) => onChange({ cap: event.target.value })}
            />
          )}
        </Field>
      </div>
    </CardSection>
  )
}

/** The server does not know the reader's time zone: what depends on it is drawn in the browser only. */
function useIsBrowser(): boolean {
  return useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  )
}

const neverChanges = () => () => undefined

function zone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** A moment as a date field wants it: in local time, without a zone. */
function localOf(iso: string): string {
  if (!iso) return ''
  const moment = new Date(iso)
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

function isoOf(local: string): string {
  const moment = new Date(local)
  return Number.isNaN(moment.getTime()) ? '' : moment.toISOString()
}
