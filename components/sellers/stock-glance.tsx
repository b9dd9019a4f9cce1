'use client'

import { PackagePlus } from 'lucide-react'
import Link from 'next/link'
import { useMemo } from 'react'
import { useAllWatchers } from '#components/live/use-watchers'
import { Alert } from '#components/ui/alert'
import { Badge } from '#components/ui/badge'
import { ButtonLink } from '#components/ui/button'
import { CardSection } from '#components/ui/card'
import { EmptyState } from '#components/ui/empty-state'
import { Picture } from '#components/ui/picture'
import type { GlanceProductView, StockGlanceView } from '#lib/insights/schema'
import { FEW } from '#lib/live/rules'
import { LiveCount } from './live-count.tsx'
import { useStocks } from './use-stocks.tsx'

const SHOWN = 8

/** The pieces of a shop as they are this second: who looks, in carts, free, and what is nearly gone. */
export function StockGlance({ glance }: { glance: StockGlanceView }) {
  const products = useStocks(glance.products).map((product) => ({ ...product, ...countsOf(product) }))
  const watchers = useAllWatchers(useMemo(() => glance.products.map((product) => product.id), [glance.products]))
  const { others, counts } = glance
  if (counts.published === 0) return <NothingOnSale drafts={counts.draft} />
  const sum = (of: 'available' | 'held') => products.reduce((total, product) => total + product[of], others[of])
  const scarce = products.filter((product) => product.available <= FEW)
  const figures = [
    { term: 'looking now', count: watchers },
    { term: 'in carts now', count: sum('held') },
    { term: 'free to buy', count: sum('available') },
    { term: 'products on sale', count: counts.published },
  ]
  return (
    <CardSection title="Stock, live">
      <dl className="mb-5 grid grid-cols-2 gap-3 sm:grid-cols-4">
        {figures.map(({ term, count }) => (
          <div key={term} className="flex flex-col-reverse justify-end">
            <dt className="text-sm text-muted">{term}</dt>
            <dd className="font-display text-2xl font-semibold sm:text-3xl">
              <LiveCount count={count} />
            </dd>
          </div>
        ))}
      </dl>
      {scarce.length === 0 ? (
        <Alert tone="good">Nothing is running out.</Alert>
      ) : (
        <>
          <h3 className="font-semibold">Running out</h3>
          <ul className="divide-y divide-line">
            {scarce.slice(0, SHOWN).map((product) => (
              <ScarceRow key={product.id} product={product} />
            ))}
          </ul>
          {scarce.length > SHOWN ? (
            <p className="mt-3 text-sm text-muted">
              And {scarce.length - SHOWN} more with {FEW} pieces or fewer.
            </p>
          ) : null}
        </>
      )}
    </CardSection>
  )
}

function ScarceRow({ product }: { product: GlanceProductView & { available: number; held: number } }) {
  const { available, held } = product
  return (
    <li className="grid grid-cols-[2.75rem_1fr_auto] items-center gap-3 py-1.5">
      <span className="aspect-square overflow-hidden rounded-control">
        <Picture id={product.pictureId} alt="" sizes="2.75rem" />
      </span>
      <Link
        href={`/sell/products/${product.id}`}
        className="flex min-h-11 min-w-0 items-center font-medium hover:underline"
      >
        <span className="line-clamp-2">{product.title}</span>
      </Link>
      <span className="flex flex-col items-end gap-0.5">
        <Badge tone={available === 0 ? 'bad' : 'warn'}>
          {available === 0 ? (
            'Sold out'
          ) : (
            <>
              <LiveCount count={available} /> left
            </>
          )}
        </Badge>
        {held > 0 ? (
          <span className="text-xs text-muted">
            <LiveCount count={held} /> in carts
          </span>
        ) : null}
      </span>
    </li>
  )
}

function NothingOnSale({ drafts }: { drafts: number }) {
  return (
    <CardSection title="Stock, live">
      <EmptyState
        icon={PackagePlus}
        title={
          drafts > 0
            ? `${drafts === 1 ? '1 draft waits' : `${drafts} drafts wait`} to be published`
            : 'Nothing on sale yet'
        }
        className="py-10"
        action={
          drafts > 0 ? (
            <ButtonLink href="/sell/products?status=draft">See the drafts</ButtonLink>
          ) : (
            <>
              <ButtonLink href="/sell/products/new">Add a product</ButtonLink>
              <ButtonLink href="/sell/import" variant="secondary">
                Import a file
              </ButtonLink>
            </>
          )
        }
      >
        {drafts > 0
          ? 'Only published products can be bought.'
          : 'Add your first product, or bring a whole shop over from a Shopify file.'}
      </EmptyState>
    </CardSection>
  )
}

function countsOf({ stock }: GlanceProductView): { available: number; held: number } {
  const available = stock.reduce((total, state) => total + state.available, 0)
  return { available, held: stock.reduce((total, state) => total + state.onHand, 0) - available }
}
