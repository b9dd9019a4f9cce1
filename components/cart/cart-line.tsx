'use client'

import { Clock, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useRef, useState } from 'react'
import { refusalWords } from '#components/catalog/refusal-words'
import { freeOf } from '#components/catalog/stock-words'
import { refreshCart, removeLine, setLine } from '#components/layout/cart-store'
import { Countdown } from '#components/live/countdown'
import { useStock } from '#components/live/use-stock'
import { Button } from '#components/ui/button'
import { Money } from '#components/ui/money'
import { Picture } from '#components/ui/picture'
import { Select } from '#components/ui/select'
import { VisuallyHidden } from '#components/ui/visually-hidden'
import type { CartLineView } from '#lib/cart/schema'
import type { StockState } from '#lib/live/events'
import { lapsedWords, leftWords } from './stock-left.tsx'

/** One line: what, how many, how long it is held; and when it is not any more, the button that holds it again. */
export function CartLine({ line, serverNow }: { line: CartLineView; serverNow: string }) {
  const row = useRef<HTMLLIElement>(null)
  const stock = useStock(line.stock, row)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)

  async function change(work: () => ReturnType<typeof setLine>) {
    setBusy(true)
    const answer = await work()
    setRefusal(answer.ok ? null : refusalWords(answer))
    setBusy(false)
  }

  return (
    <li ref={row} className="grid grid-cols-[5.5rem_1fr] gap-4 py-5 sm:grid-cols-[7rem_1fr_auto]" aria-busy={busy}>
      <Link
        href={`/products/${line.slug}`}
        className="aspect-square overflow-hidden rounded-control"
        // The title beside it is the same link; one is enough for a keyboard and a screen reader.
        tabIndex={-1}
        aria-hidden
      >
        <Picture id={line.pictureId} alt="" sizes="7rem" />
      </Link>
      <div className="min-w-0">
        <Link href={`/products/${line.slug}`} className="font-semibold hover:underline">
          {line.title}
        </Link>
        <p className="text-sm text-muted">{[...line.optionValues, line.sellerName].join(' · ')}</p>
        <LineState line={line} stock={stock} serverNow={serverNow} />
        {refusal ? (
          <p role="alert" className="mt-1 text-sm font-medium text-bad">
            {refusal}
          </p>
        ) : null}
        <div className="mt-3 flex flex-wrap items-center gap-2">
          {line.state === 'held' ? (
            <QuantitySelect line={line} stock={stock} onChange={(n) => void change(() => setLine(line.variantId, n))} />
          ) : null}
          {line.state === 'lapsed' ? (
            <Button size="sm" busy={busy} onClick={() => void change(() => setLine(line.variantId, line.quantity))}>
              Hold {line.quantity === 1 ? 'it' : `all ${line.quantity}`} again
            </Button>
          ) : null}
          {line.state === 'checkout' ? null : (
            <Button variant="quiet" size="sm" onClick={() => void change(() => removeLine(line.variantId))}>
              <Trash2 aria-hidden className="size-4" />
              Remove<VisuallyHidden> {line.title}</VisuallyHidden>
            </Button>
          )}
        </div>
      </div>
      <p className="col-start-2 text-lg font-semibold sm:col-start-3 sm:text-right">
        <Money cents={line.totalCents} className={line.state === 'lapsed' ? 'text-muted line-through' : undefined} />
      </p>
    </li>
  )
}

interface LineStateProps {
  line: CartLineView
  stock: StockState
  serverNow: string
}

function LineState({ line, stock, serverNow }: LineStateProps) {
  if (line.state === 'checkout') return <p className="mt-1 text-sm font-medium text-warn">Being paid for just now</p>
  if (line.state === 'lapsed') {
    return <p className="mt-1 text-sm font-medium text-warn count">No longer held. {lapsedWords(stock)}</p>
  }
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-0.5 text-sm">
      <p className="flex items-center gap-1.5 font-medium text-good">
        <Clock aria-hidden className="size-4" />
        Held for you for <Countdown expiresAt={line.expiresAt} serverNow={serverNow} onEnd={() => void refreshCart()} />
      </p>
      <p className="text-muted count">{leftWords(stock, line.quantity)}</p>
    </div>
  )
}

interface QuantitySelectProps {
  line: CartLineView
  stock: StockState
  onChange: (quantity: number) => void
}

/** Never offers more than there is: what is held already and what is left in the shop. */
function QuantitySelect({ line, stock, onChange }: QuantitySelectProps) {
  const most = Math.max(line.quantity, Math.min(line.quantity + freeOf(stock), 20))
  return (
    <label className="flex items-center gap-2 text-sm">
      <span className="text-muted">Quantity</span>
      <Select
        value={line.quantity}
        onChange={(event) => onChange(Number(event.target.value))}
        className="w-20"
        aria-label={`Quantity of ${line.title}`}
      >
        {Array.from({ length: most }, (_, index) => (
          <option key={index + 1} value={index + 1}>
            {index + 1}
          </option>
        ))}
      </Select>
    </label>
  )
}
