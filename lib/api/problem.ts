import * as z from 'zod'
import { kernelErrors, type ErrorStatus, type ErrorTable } from '#lib/errors'
import type { Detail, Refusal } from '#lib/result'

/** The body of every refusal: problem details (RFC 9457) with a stable code and, for forms, a message per field. */
export const problemView = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  fields: z.record(z.string(), z.string()).optional(),
})

export type ProblemView = z.infer<typeof problemView>

/** What a person may know of a bug. */
export const unexpected = {
  type: '/docs/errors#unexpected',
  title: 'Something went wrong on our side. Nothing was changed; please try again.',
  status: 500,
  code: 'unexpected',
  detail: {},
} as const satisfies ProblemView

/** Thrown by routes to end a request with a refusal; `app.ts` turns it into the answer. */
export class Problem extends Error {
  readonly view: ProblemView
  readonly status: ErrorStatus

  constructor(refusal: Refusal<string>, table: ErrorTable = {}, fields?: Record<string, string>) {
    const row = table[refusal.code] ?? (kernelErrors as ErrorTable)[refusal.code]
    if (!row) throw new Error(`No error table has a row for the code "${refusal.code}".`)
    super(row.message)
    this.status = row.status
    this.view = {
      type: `/docs/errors#${refusal.code}`,
      title: row.message,
      status: row.status,
      code: refusal.code,
      detail: refusal.detail,
      ...(fields ? { fields } : {}),
    }
  }
}

/** A problem with a kernel code, for what has nothing to do with a noun. */
export function kernelProblem(code: keyof typeof kernelErrors, detail: Detail = {}): Problem {
  return new Problem({ code, detail })
}

/** What zod found, as one message per field: the first fault of each path. */
export function fieldProblem(error: z.ZodError): Problem {
  const fields: Record<string, string> = {}
  for (const issue of error.issues) fields[issue.path.join('.') || 'body'] ??= issue.message
  return new Problem({ code: 'invalid-input', detail: {} }, {}, fields)
}

/** The refusal with its sentence at the form field it is about, where the noun's `fieldOfCode` names one. */
export function formProblem(
  refusal: Refusal<string>,
  table: ErrorTable,
  fieldOfCode: Partial<Record<string, string>>,
): Problem {
  const field = fieldOfCode[refusal.code]
  const message = table[refusal.code]?.message
  return new Problem(refusal, table, field && message ? { [field]: message } : undefined)
}
