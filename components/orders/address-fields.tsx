import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Select } from '#components/ui/select'
import type { Address } from '#lib/orders/schema'

interface AddressFieldsProps {
  /** What is wrong, by field. */
  fields: Record<string, string>
  /** What is known already. */
  address: Partial<Address>
  countries: readonly { code: string; name: string }[]
  onCountry: (code: string) => void
}

/** Where the order goes. */
export function AddressFields({ fields, address, countries, onCountry }: AddressFieldsProps) {
  return (
    <fieldset className="grid gap-4 sm:grid-cols-6">
      <legend className="mb-4 font-display text-xl font-semibold">Delivery address</legend>
      <Field label="Full name" error={fields['address.name']} className="sm:col-span-6">
        {(control) => <Input {...control} name="address.name" autoComplete="name" defaultValue={address.name} />}
      </Field>
      <Field label="Street and number" error={fields['address.line1']} className="sm:col-span-4">
        {(control) => (
          <Input {...control} name="address.line1" autoComplete="address-line1" defaultValue={address.line1} />
        )}
      </Field>
      <Field label="Flat, floor" optional error={fields['address.line2']} className="sm:col-span-2">
        {(control) => (
          <Input {...control} name="address.line2" autoComplete="address-line2" defaultValue={address.line2} />
        )}
      </Field>
      <Field label="Postal code" error={fields['address.postalCode']} className="sm:col-span-2">
        {(control) => (
          <Input {...control} name="address.postalCode" autoComplete="postal-code" defaultValue={address.postalCode} />
        )}
      </Field>
      <Field label="Town" error={fields['address.city']} className="sm:col-span-4">
        {(control) => (
          <Input {...control} name="address.city" autoComplete="address-level2" defaultValue={address.city} />
        )}
      </Field>
      <Field label="Country" error={fields['address.country']} className="sm:col-span-6">
        {(control) => (
          <Select
            {...control}
            name="address.country"
            autoComplete="country"
            defaultValue={address.country}
            onChange={(event) => onCountry(event.target.value)}
          >
            {countries.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </fieldset>
  )
}
