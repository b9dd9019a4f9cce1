/** Of some names, those that somebody who typed the words may have meant; the likeliest first. */
export function nearest(words: string, names: readonly string[], most = 3): string[] {
  const wanted = wordsOf(words)
  return names
    .map((name) => ({ name, score: likeness(wanted, wordsOf(name)) }))
    .filter(({ score }) => score >= 0.65)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ name }) => name)
}

/** How well the words are met by words of a name, each by its likeliest: 1 when all are there, 0 when nothing fits. */
function likeness(wanted: readonly string[], given: readonly string[]): number {
  if (wanted.length === 0) return 0
  const scores = wanted.map((word) => Math.max(0, ...given.map((each) => alike(word, each))))
  return scores.reduce((sum, score) => sum + score, 0) / wanted.length
}

function alike(one: string, other: string): number {
  if (one.length >= 3 && other.startsWith(one)) return 0.9
  return 1 - distance(one, other) / Math.max(one.length, other.length)
}

/** Letters to put in, take out, change, or swap with their neighbour. Source: optimal string alignment. */
function distance(one: string, other: string): number {
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 1; row <= one.length; row++) {
    const line = [row]
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1]
      const isSwapped =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      line[column] = Math.min(
        (last[column] ?? 0) + 1,
        (line[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (before[column - 2] ?? 0) + 1 : Infinity,
      )
    }
    before = last
    last = line
  }
  return last[other.length] ?? 0
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}
