import { X } from 'lucide-react'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Select } from '#components/ui/select'

interface CountryChoiceProps {
  /** None: everywhere. */
  chosen: readonly string[]
  countries: readonly { code: string; name: string }[]
  error: string | undefined
  onChange: (chosen: readonly string[]) => void
}

/** Where it goes: everywhere, or to the countries that are added one by one. */
export function CountryChoice({ chosen, countries, error, onChange }: CountryChoiceProps) {
  const nameOf = (code: string) => countries.find((country) => country.code === code)?.name ?? code
  return (
    <div className="grid gap-3 sm:col-span-6">
      <Field label={chosen.length === 0 ? 'Goes to' : 'Goes only to'} error={error ?? null}>
        {(control) => (
          <Select {...control} value="" onChange={(event) => onChange([...chosen, event.target.value])}>
            <option value="">{chosen.length === 0 ? 'Everywhere' : 'Add a country'}</option>
            {countries
              .filter(({ code }) => !chosen.includes(code))
              .map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
          </Select>
        )}
      </Field>
      {chosen.length > 0 ? (
        <ul className="flex flex-wrap gap-2">
          {chosen.map((code) => (
            <li key={code} className="flex items-center rounded-full bg-sunken pl-3.5">
              {nameOf(code)}
              <Button
                variant="quiet"
                size="icon"
                aria-label={`Do not send to ${nameOf(code)}`}
                onClick={() => onChange(chosen.filter((other) => other !== code))}
              >
                <X aria-hidden className="size-4" />
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
