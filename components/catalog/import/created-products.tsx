import Link from 'next/link'
import { CardSection } from '#components/ui/card'
import type { ImportView } from '#lib/catalog/schema'
import { PublishDrafts } from '../edit/publish-drafts.tsx'
import { StatusBadge } from '../edit/status-badge.tsx'

/** What an import made, and the one press that puts all of it on sale. */
export function CreatedProducts({ products }: { products: ImportView['createdProducts'] }) {
  if (products.length === 0) return null
  const drafts = products.filter((product) => product.status === 'draft')
  return (
    <CardSection title={products.length === 1 ? '1 new product' : `${products.length} new products`}>
      {drafts.length > 0 ? <PublishDrafts count={drafts.length} ids={drafts.map((draft) => draft.id)} /> : null}
      <ul className="mt-3 max-h-128 divide-y divide-line overflow-y-auto">
        {products.map((product) => (
          <li key={product.id} className="flex items-center justify-between gap-4">
            <Link
              href={`/sell/products/${product.id}`}
              className="flex min-h-11 min-w-0 items-center font-medium -outline-offset-2 hover:underline"
            >
              <span className="truncate">{product.title}</span>
            </Link>
            <StatusBadge status={product.status} />
          </li>
        ))}
      </ul>
    </CardSection>
  )
}
