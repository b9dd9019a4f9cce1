import Link from 'next/link'
import { Badge } from '#components/ui/badge'
import { Moment } from '#components/ui/moment'
import { Money } from '#components/ui/money'
import { Table, Td, Th } from '#components/ui/table'
import type { PostingView, StatementView } from '#lib/orders/schema/statement'

const KINDS: Record<PostingView['kind'], { label: string; tone: 'good' | 'warn' | 'accent' | 'neutral' }> = {
  sale: { label: 'Sale', tone: 'neutral' },
  settlement: { label: 'Sale', tone: 'good' },
  refund: { label: 'Refund', tone: 'warn' },
  refund_paid: { label: 'Refund', tone: 'neutral' },
  refund_failed: { label: 'Refund came back', tone: 'neutral' },
  payout: { label: 'Payout', tone: 'accent' },
  payout_paid: { label: 'Payout', tone: 'neutral' },
  payout_failed: { label: 'Payout came back', tone: 'warn' },
}

/** On a narrow screen what the sum is made of stands below what it is about, so that the sum itself is to be seen. */
const WIDE = 'hidden sm:table-cell'

/** What moved a shop's balance, newest first, and the balance that each left. */
export function BalanceStatement({ statement, isLast }: { statement: StatementView; isLast: boolean }) {
  const { items, openingCents } = statement
  const isTaxed = items.some((item) => item.taxCents !== '0')
  return (
    <>
      <Table caption="What moved your balance, newest first">
        <thead>
          <tr>
            <Th className={WIDE}>When</Th>
            <Th>What</Th>
            <Th end className={WIDE}>
              Buyer paid
            </Th>
            <Th end className={WIDE}>
              Commission
            </Th>
            {isTaxed ? (
              <Th end className={WIDE}>
                Tax
              </Th>
            ) : null}
            <Th end>Yours</Th>
            <Th end>Balance</Th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Posting key={item.id} item={item} isTaxed={isTaxed} />
          ))}
        </tbody>
      </Table>
      {isLast ? (
        <p className="mt-3 flex justify-end gap-3 px-4 text-sm text-muted">
          Balance before <Money cents={openingCents} />
        </p>
      ) : null}
    </>
  )
}

function Posting({ item, isTaxed }: { item: PostingView; isTaxed: boolean }) {
  const isPayout = item.payoutId !== null
  return (
    <tr>
      <Td className={`${WIDE} whitespace-nowrap text-muted`}>
        <Moment at={item.at} />
      </Td>
      <Td>
        <Subject item={item} />
      </Td>
      <Td end className={WIDE}>
        {isPayout ? null : <Money cents={item.grossCents} />}
      </Td>
      <Td end className={`${WIDE} text-muted`}>
        {isPayout ? null : <Money cents={taken(item.commissionCents)} />}
      </Td>
      {isTaxed ? (
        <Td end className={`${WIDE} text-muted`}>
          {isPayout ? null : <Money cents={taken(item.taxCents)} />}
        </Td>
      ) : null}
      <Td end className="font-semibold">
        <Money cents={item.netCents} />
      </Td>
      <Td end>
        <Money cents={item.balanceCents} />
      </Td>
    </tr>
  )
}

function Subject({ item }: { item: PostingView }) {
  const { label, tone } = KINDS[item.kind]
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Badge tone={tone}>{label}</Badge>
      {item.sellerOrderId ? (
        <Link href={`/sell/orders/${item.sellerOrderId}`} className="font-medium text-accent underline">
          {item.orderNumber}
        </Link>
      ) : null}
      {item.title ? <span className="basis-full wrap-anywhere">{item.title}</span> : null}
      <span className="basis-full text-xs text-muted sm:hidden">
        <Moment at={item.at} />
        {item.payoutId === null ? (
          <>
            {': '}
            <Money cents={item.grossCents} /> paid, <Money cents={taken(item.commissionCents)} /> commission
            {item.taxCents === '0' ? null : (
              <>
                , <Money cents={taken(item.taxCents)} /> tax
              </>
            )}
          </>
        ) : null}
      </span>
    </div>
  )
}

/** With the sign that it has in the sum. */
function taken(cents: string): bigint {
  return -BigInt(cents)
}
