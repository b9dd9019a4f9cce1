import Link from 'next/link'
import { Badge } from '#components/ui/badge'
import { CardSection } from '#components/ui/card'
import { Moment } from '#components/ui/moment'
import type { ImportSummaryView } from '#lib/catalog/schema'

/** The imports of a shop so far, the newest first. */
export function ImportList({ imports }: { imports: readonly ImportSummaryView[] }) {
  if (imports.length === 0) return null
  return (
    <CardSection title="Earlier imports">
      <ul className="divide-y divide-line">
        {imports.map((run) => (
          <li key={run.id}>
            <Link
              href={`/sell/import/${run.id}`}
              className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1 rounded-control py-3 hover:bg-sunken"
            >
              <span className="min-w-0 truncate font-medium">{run.fileName}</span>
              <span className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
                <Moment at={run.createdAt} />
                <span className="count">{run.products === 1 ? '1 product' : `${run.products} products`}</span>
                {run.refused > 0 ? <Badge tone="bad">{run.refused} refused</Badge> : null}
                {run.status === 'running' ? <Badge tone="accent">Running</Badge> : null}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </CardSection>
  )
}
