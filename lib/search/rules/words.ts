export const QUERY_MAX = 200
export const WORDS_MAX = 10

/** What somebody looks for, ready for PostgreSQL; both are empty when there is no word in it. */
export interface Wording {
  /** In the words of `websearch_to_tsquery`, which takes whatever people write. */
  readonly whole: string
  /** The last word, which may be half typed, as a prefix in the words of `to_tsquery`. */
  readonly begun: string
}

/** What no text may carry into a database or onto a screen: control signs and half characters. */
const UNSEEN = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]+/gu
/** A phrase in quotes, closed or not, or what stands between two spaces; either may be excluded by a minus. */
const PART = /-?"[^"]*"?|\S+/g
const PREFIX = /^[\p{L}\p{N}\p{M}]{2,40}$/u

/** What people type, on one line and not longer than we read: at most 200 characters and 10 words, a phrase counting as one. */
export function cleanQuery(text: string): string {
  const line = text.replaceAll(UNSEEN, ' ').trim().slice(0, QUERY_MAX)
  // A cut may part a pair that was one character.
  return (line.replaceAll(UNSEEN, ' ').match(PART) ?? []).slice(0, WORDS_MAX).join(' ')
}

/** Splits a clean query into what was written and what may still be being typed. */
export function readWording(query: string): Wording {
  const parts = query.match(PART) ?? []
  const last = parts.at(-1) ?? ''
  // "or" binds two words, which can then not be parted.
  const isPlain = PREFIX.test(last) && !parts.some((part) => part.toLowerCase() === 'or')
  return isPlain ? { whole: parts.slice(0, -1).join(' '), begun: `'${last}':*` } : { whole: query, begun: '' }
}

/** The words of a query that may be mistyped ones: neither quoted, nor excluded, nor too short to tell what was meant. */
export function listDoubtful(query: string): string[] {
  const parts = query.match(PART) ?? []
  return [
    ...new Set(parts.filter((part) => /^[\p{L}\p{M}]{3,30}$/u.test(part) && part.toLowerCase() !== 'or').map(fold)),
  ]
}

/** The query with some of its words exchanged; keys are as `listDoubtful` gave them. */
export function exchangeWords(query: string, better: ReadonlyMap<string, string>): string {
  return query.replaceAll(PART, (part) => better.get(fold(part)) ?? part)
}

/** The word with each two neighbours exchanged: the slip of a fast hand, which shares few trigrams with what was meant. */
export function transpositions(word: string): string[] {
  const letters = [...word]
  return letters.slice(1).map((letter, index) => {
    const before = letters[index] ?? ''
    return [...letters.slice(0, index), letter, before, ...letters.slice(index + 2)].join('')
  })
}

/** The candidate that takes the fewest slips to become the word, the earlier one of equals; null when all take too many. */
export function nearestWord(word: string, candidates: readonly string[]): string | null {
  const most = word.length <= 4 ? 1 : word.length <= 8 ? 2 : 3
  let nearest: string | null = null
  let fewest = most + 1
  for (const candidate of candidates) {
    const slips = countSlips(word, candidate)
    if (slips > 0 && slips < fewest) [nearest, fewest] = [candidate, slips]
  }
  return nearest
}

/** Letters left out, added, wrong, or exchanged with their neighbour. Source: optimal string alignment. */
export function countSlips(from: string, to: string): number {
  const [left, right] = [[...from], [...to]]
  let before: number[] = []
  let above = right.map((_, column) => column).concat(right.length)
  for (const [row, letter] of left.entries()) {
    const here = [row + 1]
    for (const [column, other] of right.entries()) {
      const changed = (above[column] ?? 0) + (letter === other ? 0 : 1)
      let least = Math.min((above[column + 1] ?? 0) + 1, (here[column] ?? 0) + 1, changed)
      const isExchanged = row > 0 && column > 0 && letter === right[column - 1] && left[row - 1] === other
      if (isExchanged) least = Math.min(least, (before[column - 1] ?? 0) + 1)
      here.push(least)
    }
    ;[before, above] = [above, here]
  }
  return above[right.length] ?? 0
}

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
}
