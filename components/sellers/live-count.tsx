'use client'

import { useState } from 'react'
import { cn } from '#components/ui/cn'

/** A number that glows once when it changes, and not when the page comes. */
export function LiveCount({ count, className }: { count: number; className?: string }) {
  const [first] = useState(count)
  return (
    <span key={count} className={cn('rounded-sm count', count !== first && 'animate-settle', className)}>
      {count}
    </span>
  )
}
