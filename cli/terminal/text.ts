import { stripVTControlCharacters } from 'node:util'
import measure from 'fast-string-truncated-width'

/**
 * A stranger's text as one line that is safe to print: no escape sequences, no other control characters, nothing that turns the
 * direction of what follows. A title could otherwise clear the screen, or write an answer to a question that was not asked yet.
 */
export function clean(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/[\t\n\r\v\f\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/gu, '')
}

/** How many columns of a terminal the text takes: two for most characters of East Asia and for emoji, none for colours. */
export function widthOf(text: string): number {
  return measure(text).width
}

/** The text in at most so many columns, with an ellipsis where something of it is missing. */
export function cut(text: string, columns: number): string {
  const { index, truncated, ellipsed } = measure(text, { limit: columns, ellipsis: '…', ellipsisWidth: 1 })
  return truncated ? `${text.slice(0, index)}${ellipsed ? '…' : ''}` : text
}

/** The text with blanks around it up to so many columns. */
export function pad(text: string, columns: number, side: 'left' | 'right' = 'left'): string {
  const blanks = ' '.repeat(Math.max(0, columns - widthOf(text)))
  return side === 'left' ? text + blanks : blanks + text
}
