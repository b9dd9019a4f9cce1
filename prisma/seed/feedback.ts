import { prisma } from '#lib/db'
import { receive } from '#lib/orders/commands/receive'
import { ship } from '#lib/orders/commands/ship'
import { answer, review } from '#lib/reviews/commands'
import type { Thumb } from '#lib/reviews/types'

export interface Feedback {
  readonly buyer: 'lena' | 'omar'
  readonly sku: string
  readonly item: Thumb
  readonly seller: Thumb
  readonly text: string
  /** What the shop says to it. */
  readonly answer?: string
}

/** What has arrived before anybody visits, and what its buyers say about it. The rest of the orders still waits to be sent. */
export const feedback: readonly Feedback[] = [
  {
    buyer: 'lena',
    sku: 'KK-MUG-LILAC',
    item: 'up',
    seller: 'up',
    text: 'Heavier than it looks, and it keeps the coffee warm through two mails.\nOne of the two hums when you blow over it.',
    answer: 'That one was thrown on a Friday. Thank you, and do bring it back if it ever stops.',
  },
  { buyer: 'lena', sku: 'TR-HONEY-450', item: 'up', seller: 'up', text: 'Tastes of lime trees. Gone in a week.' },
  {
    buyer: 'omar',
    sku: 'WW-SOCK-40',
    item: 'up',
    seller: 'up',
    text: 'Warm, and they stay up. The parcel was tied with wool.',
  },
  {
    buyer: 'omar',
    sku: 'WW-BOOT-42',
    item: 'down',
    seller: 'up',
    text: 'Beautiful boots, but half a size small. Changed without a question.',
  },
]

/** Has the shops send and the buyers receive what there is feedback on, and leaves it. What is said already is not said again. */
export async function leaveFeedback(buyerIds: ReadonlyMap<string, string>): Promise<void> {
  for (const said of feedback) {
    const buyerId = buyerIds.get(said.buyer)
    if (!buyerId) throw new Error(`${said.buyer} has no account.`)
    await leave(buyerId, said)
  }
}

async function leave(buyerId: string, { sku, item, seller, text, answer: words }: Feedback): Promise<void> {
  const line = await prisma().orderLine.findFirstOrThrow({
    where: { variant: { sku }, order: { buyerId, status: 'paid' } },
    select: {
      id: true,
      review: { select: { id: true } },
      order: { select: { number: true } },
      sellerOrder: { select: { id: true, status: true, seller: { select: { id: true, userId: true } } } },
    },
  })
  if (line.review) return
  const { id, status, seller: shop } = line.sellerOrder
  const { number } = line.order
  const post = { carrier: 'Parcel post', trackingNumber: '' }
  if (status === 'paid') must(sku, await ship(id, { by: 'seller', sellerId: shop.id, userId: shop.userId }, post))
  if (status === 'paid' || status === 'shipped') must(sku, await receive(id, { by: 'buyer', userId: buyerId, number }))
  must(sku, await review({ number, lineId: line.id, buyerId }, { item, seller, text }))
  if (words === undefined) return
  const { id: reviewId } = await prisma().review.findUniqueOrThrow({ where: { lineId: line.id }, select: { id: true } })
  must(sku, await answer({ reviewId, sellerId: shop.id, text: words }))
}

function must(sku: string, result: { ok: true } | { ok: false; refusal: { code: string } }): void {
  if (!result.ok) throw new Error(`The feedback on ${sku} was refused: ${result.refusal.code}`)
}
