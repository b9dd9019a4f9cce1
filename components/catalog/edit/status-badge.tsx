import { Badge } from '#components/ui/badge'
import type { ProductStatus } from '#lib/catalog/schema'

const STATES = {
  draft: { tone: 'neutral', text: 'Draft' },
  published: { tone: 'good', text: 'Published' },
  archived: { tone: 'warn', text: 'Archived' },
} as const

export function StatusBadge({ status }: { status: ProductStatus }) {
  const { tone, text } = STATES[status]
  return <Badge tone={tone}>{text}</Badge>
}
