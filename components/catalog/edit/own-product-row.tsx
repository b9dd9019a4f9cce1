'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { useProductStock } from '#components/live/use-stock'
import { LiveCount } from '#components/sellers/live-count'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { Picture } from '#components/ui/picture'
import { toast } from '#components/ui/toaster'
import { VisuallyHidden } from '#components/ui/visually-hidden'
import { call, createClient, type Answer } from '#lib/api/client'
import type { OwnProductCardView } from '#lib/catalog/schema'
import { Price } from '../price.tsx'
import { publishedWords } from './published-words.tsx'
import { StatusBadge } from './status-badge.tsx'
import type { WorkedOn } from './use-product.tsx'

const api = createClient()

/** One of the seller's own products: what it is, how many are there right now, and the one step that is next. */
export function OwnProductRow({ product }: { product: OwnProductCardView }) {
  const row = useRef<HTMLLIElement>(null)
  const states = useProductStock(product.id, product.stock, row)
  const available = states.reduce((sum, state) => sum + state.available, 0)
  const held = states.reduce((sum, state) => sum + state.onHand, 0) - available
  return (
    <li
      ref={row}
      className="grid grid-cols-[4.5rem_1fr] items-center gap-x-4 gap-y-2 rounded-card border border-line bg-surface p-3 shadow-card sm:p-4 lg:grid-cols-[4.5rem_minmax(0,1fr)_9rem_8rem_auto]"
    >
      <span className="aspect-square self-start overflow-hidden rounded-control">
        <Picture id={product.pictureId} alt="" sizes="4.5rem" />
      </span>
      <div className="min-w-0">
        <Link
          href={`/sell/products/${product.id}`}
          className="inline-flex min-h-11 items-center font-semibold hover:underline lg:min-h-0"
        >
          <span className="line-clamp-2">{product.title}</span>
        </Link>
        <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
          <StatusBadge status={product.status} />
          {product.opensAt ? <Badge tone="accent">Drop</Badge> : null}
          {product.variantCount > 1 ? `${product.variantCount} versions` : null}
        </p>
      </div>
      <p className="col-start-2 lg:col-start-auto">
        <Price fromCents={product.priceFromCents} toCents={product.priceToCents} compareAtCents={null} />
      </p>
      <p className="col-start-2 text-sm lg:col-start-auto">
        <LiveCount count={available} className={available === 0 ? 'font-semibold text-bad' : 'font-semibold'} />{' '}
        <span className="text-muted">available</span>
        <span className="text-muted max-lg:before:content-['_·_'] lg:block">
          {' '}
          <LiveCount count={held} /> in carts
        </span>
      </p>
      <div className="col-start-2 lg:col-start-auto">
        <StatusAction product={product} />
      </div>
    </li>
  )
}

function StatusAction({ product }: { product: OwnProductCardView }) {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const isPublished = product.status === 'published'

  async function press() {
    const request = { param: { id: product.id }, query: {} }
    const route = api.products[':id']
    setBusy(true)
    const answer = isPublished ? await call(route.archive.$post(request)) : await call(route.publish.$post(request))
    setBusy(false)
    if (!answer.ok) return void toast.error(`${product.title}: ${sentenceOf(answer)}`)
    const done: WorkedOn = answer.value
    const words = publishedWords(done)
    toast.success([`${isPublished ? 'Archived' : 'Published'}: ${product.title}`, words].filter(Boolean).join('. '))
    router.refresh()
  }

  return (
    <Button variant="secondary" size="sm" busy={busy} onClick={() => void press()} className="lg:w-28">
      {isPublished ? 'Archive' : 'Publish'}
      <VisuallyHidden> {product.title}</VisuallyHidden>
    </Button>
  )
}

/** Why, as exactly as the API says it. */
function sentenceOf(answer: Extract<Answer<unknown>, { ok: false }>): string {
  return Object.values(answer.fields)[0] ?? answer.message
}
