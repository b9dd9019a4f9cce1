import type { Costs } from '../schema.ts'
import type { LineRow } from '../types.ts'

/** What the sum of a seller order is made of, as it is shown: the goods, the sending, and the tax in both. */
export function costsOf(rows: readonly LineRow[], method: string | null): Costs {
  const sending = rows.find((row) => row.kind === 'shipping')
  return {
    lines: rows.flatMap(({ kind, productId, slug, ...line }) =>
      kind === 'goods' && productId !== null && slug !== null ? [{ ...line, productId, slug }] : [],
    ),
    shipping: {
      method,
      lineId: sending?.id ?? null,
      totalCents: sending?.totalCents ?? '0',
      taxCents: sending?.taxCents ?? '0',
      taxBps: sending?.taxBps ?? 0,
      isTaxIncluded: sending?.isTaxIncluded ?? true,
      refundedCents: sending?.refundedCents ?? '0',
    },
    taxCents: rows.reduce((sum, row) => sum + BigInt(row.taxCents), 0n).toString(),
  }
}
