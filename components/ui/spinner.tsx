import { LoaderCircle } from 'lucide-react'
import { cn } from './cn.tsx'

/** Something is under way. Silent: the element it sits in says what with `aria-busy` or a text. */
export function Spinner({ className }: { className?: string }) {
  return <LoaderCircle aria-hidden className={cn('size-[1.15em] animate-spin', className)} />
}
