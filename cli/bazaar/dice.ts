/** Choices that a seed repeats. */
export interface Dice {
  /** A whole number from 0 to below `n`. */
  roll(n: number): number
  /** True so often of a hundred times. */
  chance(percent: number): boolean
  pick<T>(list: readonly T[]): T | undefined
}

/** Dice of their own for each seed and name. Source: mulberry32 (Tommy Ettinger), seeded by FNV-1a. */
export function newDice(seed: number, name: string): Dice {
  let state = seed ^ 2_166_136_261
  for (const letter of name) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 16_777_619)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const roll = (n: number) => Math.floor(next() * n)
  return { roll, chance: (percent) => roll(100) < percent, pick: (list) => list[roll(list.length)] }
}
