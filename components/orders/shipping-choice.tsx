import { Truck } from 'lucide-react'
import { Money } from '#components/ui/money'
import type { QuoteView } from '#lib/orders/schema/quote'

interface ShippingChoiceProps {
  parts: QuoteView['parts']
  /** The way that was pressed last by shop, while the total with it may still be on its way. */
  chosen: Readonly<Record<string, string>>
  onChoose: (sellerId: string, methodId: string) => void
}

/** How each shop sends its part, with what that takes. Nothing where no shop says anything about it. */
export function ShippingChoice({ parts, chosen, onChoose }: ShippingChoiceProps) {
  const shops = parts.filter((part) => part.methods.length > 0)
  if (shops.length === 0) return null
  return (
    <section className="grid gap-4">
      <h2 className="font-display text-xl font-semibold">Shipping</h2>
      {shops.map((part) => (
        <fieldset key={part.sellerId} className="grid gap-2">
          <legend className="mb-2 flex items-center gap-2 text-sm font-semibold">
            <Truck aria-hidden className="size-4.5 text-muted" /> From {part.shop}
          </legend>
          {part.methods.map((method) => (
            <label
              key={method.id}
              className="flex min-h-11 cursor-pointer items-center gap-3 rounded-control border border-line-strong px-4 py-2 has-checked:border-accent has-checked:bg-sunken"
            >
              <input
                type="radio"
                name={`shipping.${part.sellerId}`}
                value={method.id}
                checked={method.id === (chosen[part.sellerId] ?? part.methodId)}
                onChange={() => onChoose(part.sellerId, method.id)}
                className="size-4.5 accent-accent"
              />
              <span className="min-w-0 grow wrap-anywhere">{method.name}</span>
              {method.cents === '0' ? <span className="text-good">free</span> : <Money cents={method.cents} />}
            </label>
          ))}
        </fieldset>
      ))}
    </section>
  )
}
