'use client'

import { useWatchers } from './use-watchers.tsx'

/** "7 people are looking at this": on a page that already listens to the product. Keeps its line while nobody else looks. */
export function Watchers({ productId }: { productId: string }) {
  const count = useWatchers(productId)
  return <p className="h-6 text-sm text-muted count">{count > 1 ? `${count} people are looking at this now` : null}</p>
}
