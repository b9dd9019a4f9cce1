import { countryName } from '#lib/orders/rules/countries'
import type { OrderView } from '#lib/orders/schema'

/** Where an order goes, as one writes it on a parcel. */
export function PostalAddress({ address }: { address: OrderView['address'] }) {
  const { name, line1, line2, postalCode, city, country } = address
  const lines = [name, line1, line2, `${postalCode} ${city}`, countryName(country)].filter(Boolean)
  return (
    <address className="mt-1 leading-relaxed wrap-break-word not-italic">
      {lines.map((line, index) => (
        <span key={index} className="block">
          {line}
        </span>
      ))}
    </address>
  )
}
