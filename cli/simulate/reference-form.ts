/** A value as the scenario's file has it: numbers keep their digits. */
export type Written = string | boolean | null | { readonly number: string } | readonly Written[]

/**
 * A product in the form of the series' reference output, which is how Python prints a data class: its type, then name, price and
 * the rest in the order of the file, each as Python writes such a value.
 */
export function referenceForm({ product_type: type, name, price, ...rest }: Readonly<Record<string, Written>>): string {
  const fields = Object.entries({ name, price, ...rest }).map(([key, value]) => `${key}=${pythonOf(value ?? null)}`)
  return `${typeof type === 'string' ? type : ''}(${fields.join(', ')})`
}

function pythonOf(value: Written): string {
  if (typeof value === 'string') return quoted(value)
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return 'number' in value ? numberOf(value.number) : `[${value.map(pythonOf).join(', ')}]`
}

/** In single quotes, unless only double ones spare a backslash. */
function quoted(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r')
  return mark + escaped.replaceAll(mark, `\\${mark}`) + mark
}

/** Whole numbers as they are; others shortest, with a point, and with an exponent below 0.0001 and from 10^16 on. */
function numberOf(source: string): string {
  if (/^-?\d+$/.test(source)) return BigInt(source).toString()
  const number = Number(source)
  const exponent = number === 0 ? 0 : Math.floor(Math.log10(Math.abs(number)))
  if (exponent < -4 || exponent >= 16) {
    return number.toExponential().replace(/([+-])(\d)$/, '$10$2')
  }
  return Number.isInteger(number) ? number.toFixed(1) : String(number)
}
