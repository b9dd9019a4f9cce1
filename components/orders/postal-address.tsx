import { countryName } from '#lib/sellers/rules/countries'
import type { OrderView } from '#lib/orders/schema'

/** Where an order goes, as one writes it on a parcel. */
export function PostalAddress({ address }: { address: OrderView['address'] }) {
  return (
    <address className="mt-1 leading-relaxed wrap-break-word not-italic">
      {addressLines(address).map((line, index) => (
        <span key={index} className="block">
          {line}
        </span>
      ))}
    </address>
  )
}

/** Its lines, without those that are empty. */
export function addressLines({ name, line1, line2, postalCode, city, country }: OrderView['address']): string[] {
  return [name, line1, line2, `${postalCode} ${city}`, countryName(country)].filter(Boolean)
}
