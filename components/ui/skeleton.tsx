import { cn } from './cn.tsx'

/** The place of something that is still on its way; give it the size of the real thing. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn('animate-pulse rounded-control bg-line/70', className)} />
}
