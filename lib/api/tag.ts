import type { Context } from 'hono'
import type { Expected } from '#lib/revision'
import { Problem } from './problem.ts'

/** The entity tag of a revision: strong, because an edit is held against it. */
export function tagOf(revision: number | string): string {
  return `"${revision}"`
}

/** Says in the ETag which revision an answer shows. */
export function tag(c: Context, revision: number | string): void {
  c.header('ETag', tagOf(revision))
}

/**
 * What If-Match demands; null where there is none, or where it takes whatever is there (`*`). A weak tag fits nothing, as the
 * standard has it.
 * Refuses: what is no list of tags, at its field.
 */
export function readExpected(c: Context): Expected {
  const text = c.req.header('if-match')?.trim()
  if (text === undefined || text === '*') return null
  if (!LIST.test(text)) {
    throw new Problem({ code: 'invalid-input', detail: {} }, {}, { 'if-match': 'is not a list of entity tags' })
  }
  return [...text.matchAll(EACH)].flatMap(([, weak, opaque = '']) => (weak ? [] : [opaque]))
}

/** Whether the caller has this revision already, so that it is answered with 304 and no body. */
export function isKnown(c: Context, revision: number | string): boolean {
  const known = c.req.header('if-none-match')
  if (known === undefined) return false
  return known.trim() === '*' || [...known.matchAll(EACH)].some(([, , opaque]) => opaque === String(revision))
}

const EACH = /(W\/)?"([\x21\x23-\x7e]*)"/g
const LIST = /^(?:W\/)?"[\x21\x23-\x7e]{0,100}"(?:\s*,\s*(?:W\/)?"[\x21\x23-\x7e]{0,100}"){0,19}$/

/** For `createRoute`: a write that If-Match may guard. */
export const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  required: false,
  schema: { type: 'string' },
  example: '"3"',
  description:
    'The ETag of what you read. Another one is there now: `changed-meanwhile` (412) with its ETag, and nothing is written. ' +
    'Left out: the last one to write wins.',
} as const

/** For the document: what stands in a request whose answer may be `NOT_MODIFIED`. */
export const IF_NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  schema: { type: 'string' },
  example: '"3"',
  description: 'The ETag of what you have: where it is still that, the answer is 304 without a body.',
} as const

/** For `createRoute`: an answer that who has it already is spared. */
export const NOT_MODIFIED = { 304: { description: 'What If-None-Match names is what there is' } } as const
