interface SoldLine {
  readonly title: string
  readonly quantity: number
}

/** What was sold just now: the lines of one order, or how many orders there were. */
export function soldWords(numbers: readonly string[], lines: readonly SoldLine[]): string {
  if (numbers.length > 1) return `Sold: ${numbers.length} orders just now`
  const [first, ...others] = lines
  if (!first) return `Sold: order ${numbers[0]}`
  const pieces = first.quantity > 1 ? `${first.quantity} × ${first.title}` : first.title
  return `Sold: ${pieces}${others.length > 0 ? ` and ${others.length} more` : ''}`
}

/** Of what little is left. `name` is the title and the values of the version's options. */
export function lowWords(available: number, name: readonly string[]): string {
  const left = available === 0 ? 'None left to buy' : `Only ${available} left to buy`
  return `${left}: ${name.join(' · ')}`
}

export function manyLowWords(count: number): string {
  return `Little is left of ${count} products and versions`
}
