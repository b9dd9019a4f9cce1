import { Download } from 'lucide-react'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import type { DayRange } from '#lib/orders/rules/statement'

/** Which days a statement is about, and the same days as a file. Works without JavaScript. */
export function BalanceRange({ range, error }: { range: DayRange; error: string | null }) {
  return (
    <div className="mb-4 flex flex-wrap items-end justify-between gap-4">
      <form className="flex flex-wrap items-end gap-3">
        <Field label="From">
          {(control) => <Input {...control} type="date" name="from" required defaultValue={range.from} />}
        </Field>
        <Field label="To" error={error}>
          {(control) => <Input {...control} type="date" name="to" required defaultValue={range.to} />}
        </Field>
        <Button type="submit" variant="secondary">
          Show
        </Button>
      </form>
      <a
        href={`/api/v1/seller/statement.csv?from=${range.from}&to=${range.to}`}
        download
        className="inline-flex min-h-11 items-center gap-2 font-semibold text-accent underline"
      >
        <Download aria-hidden className="size-4.5" />
        Download as CSV
      </a>
    </div>
  )
}
