/** What a refusal says beside its code: numbers and names a person needs to go on. Never secrets. */
export type Detail = Record<string, string | number | boolean | null>

export interface Refusal<Code extends string> {
  readonly code: Code
  readonly detail: Detail
}

/** An expected outcome as a value; a bug is thrown instead. */
export type Result<T, Code extends string = string> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal<Code> }

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

export function refuse<Code extends string>(
  code: Code,
  detail: Detail = {},
): { readonly ok: false; readonly refusal: Refusal<Code> } {
  return { ok: false, refusal: { code, detail } }
}
