import { formatMoney } from '#lib/money'
import { cn } from './cn.tsx'

/** The one place that prints an amount of money. Units: minor units, as bigint or as the digits of the wire. */
export function Money({ cents, className }: { cents: bigint | string; className?: string }) {
  return <span className={cn('whitespace-nowrap count', className)}>{formatMoney(BigInt(cents))}</span>
}
