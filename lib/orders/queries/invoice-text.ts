import bidiFactory from 'bidi-js'
import { once } from '#lib/once'
import { fontOf, type FontName, type Weight } from './invoice-font.ts'

/** Text in one font, in the order in which it is drawn. */
export interface Run {
  readonly text: string
  readonly font: FontName
}

/** How wide a text is in print, in points. */
export function widthOf(text: string, weight: Weight, size: number): number {
  return splitByFont(text, weight).reduce((width, run) => width + widthOfRun(run, size), 0)
}

/** Of a text in one font. Word by word, as it is printed, because words come again and again. */
export function widthOfRun({ text, font }: Run, size: number): number {
  const words = text.split(/(?<= )/)
  return words.reduce((width, word) => width + ems(word, font), 0) * size
}

const MOST_WORDS = 10_000

function ems(word: string, font: FontName): number {
  const known = once('invoice-words', () => new Map<string, number>())
  const key = `${font} ${word}`
  const before = known.get(key)
  if (before !== undefined) return before
  const { advanceWidth } = fontOf(font).layout(word)
  if (known.size >= MOST_WORDS) known.clear()
  const width = advanceWidth / fontOf(font).unitsPerEm
  known.set(key, width)
  return width
}

/** A text in lines that fit. Breaks at spaces, and in words that are wider than a line. Never nothing: an empty text is one line. */
export function wrap(text: string, weight: Weight, size: number, width: number): string[] {
  if (widthOf(text, weight, size) <= width) return [text]
  const lines: string[] = []
  let line = ''
  // Each word is measured once, and not every beginning of the line. Behind a word in the other font the space is of that font,
  // and wider.
  const space = widthOfRun({ text: ' ', font: 'rest' }, size)
  let used = 0
  for (const word of text.split(' ').flatMap((each) => chop(each, weight, size, width))) {
    const more = widthOf(word, weight, size)
    const fits = line === '' || used + space + more <= width
    if (!fits) lines.push(line)
    used = fits && line !== '' ? used + space + more : more
    line = fits && line !== '' ? `${line} ${word}` : word
  }
  return [...lines, line]
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

function chop(word: string, weight: Weight, size: number, width: number): string[] {
  if (widthOf(word, weight, size) <= width) return [word]
  const pieces: string[] = []
  let piece = ''
  for (const { segment } of graphemes.segment(word)) {
    if (piece !== '' && widthOf(piece + segment, weight, size) > width) {
      pieces.push(piece)
      piece = ''
    }
    piece += segment
  }
  return [...pieces, piece]
}

const bidi = bidiFactory()
/** A run of these is set from right to left. */
export const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

/** A line as it is drawn from left to right, by the Unicode bidirectional algorithm, each run in a font that has its signs. */
export function listRuns(line: string, weight: Weight): Run[] {
  if (!RIGHT_TO_LEFT.test(line)) return splitByFont(line, weight)
  const embedding = bidi.getEmbeddingLevels(line)
  const mirrored = bidi.getMirroredCharactersMap(line, embedding.levels)
  const order = bidi.getReorderedIndices(line, embedding)
  return groupByLevel(order, embedding.levels).flatMap((indices) => {
    const isRightToLeft = (embedding.levels[indices[0] ?? 0] ?? 0) % 2 === 1
    const logical = indices.toSorted((a, b) => a - b)
    const text = logical.map((index) => (isRightToLeft && mirrored.get(index)) || line.charAt(index)).join('')
    const runs = splitByFont(text, weight)
    return isRightToLeft ? runs.toReversed().map(turn) : runs
  })
}

/** What a font turns by itself are its right-to-left letters; of a run without any the signs are turned here. */
function turn(run: Run): Run {
  if (RIGHT_TO_LEFT.test(run.text)) return run
  return { ...run, text: [...run.text].toReversed().join('') }
}

function groupByLevel(order: readonly number[], levels: Uint8Array): number[][] {
  const groups: number[][] = []
  for (const index of order) {
    const group = groups.at(-1)
    const last = group?.at(-1)
    if (group && last !== undefined && levels[last] === levels[index] && Math.abs(last - index) === 1) group.push(index)
    else groups.push([index])
  }
  return groups
}

function splitByFont(text: string, weight: Weight): Run[] {
  const runs: { text: string; font: FontName }[] = []
  const own = fontOf(weight)
  for (const sign of text) {
    const run = runs.at(-1)
    // A space stays in the font of what it stands behind.
    const isOwn = sign === ' ' ? run?.font !== 'rest' : own.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0)
    const font = isOwn ? weight : 'rest'
    if (run?.font === font) run.text += sign
    else runs.push({ text: sign, font })
  }
  return runs
}
