/** One row a code: what HTTP says and what a person reads. Each noun's `errors.ts` is such a table. */
export type ErrorTable = Readonly<Record<string, { readonly status: ErrorStatus; readonly message: string }>>

export type ErrorStatus = 400 | 401 | 403 | 404 | 409 | 411 | 412 | 413 | 415 | 422 | 429 | 500 | 503

/** What any route may answer, whatever its noun. */
export const kernelErrors = {
  'invalid-input': { status: 400, message: 'Something in the request is not right; see the fields.' },
  'broken-text': { status: 400, message: 'Some text has a sign in it that cannot be kept.' },
  'sign-in-required': { status: 401, message: 'Please sign in first.' },
  'unknown-token': { status: 401, message: 'This token is not known here, was revoked, or is over. Get a new one.' },
  'not-allowed': { status: 403, message: 'This account may not do that.' },
  'scope-missing': { status: 403, message: 'This token was not made for that. Make one with the scope it needs.' },
  'foreign-origin': { status: 403, message: 'This request came from another site and was not carried out.' },
  'not-found': { status: 404, message: 'There is nothing here, or it is not yours to see.' },
  'length-required': { status: 411, message: 'Say with content-length how much you send.' },
  'changed-meanwhile': {
    status: 412,
    message: 'Somebody changed this meanwhile. Nothing was saved; look at it as it is now.',
  },
  'too-large': { status: 413, message: 'That is larger than we take.' },
  'wrong-content-type': { status: 415, message: 'Send JSON, with content-type application/json.' },
  'key-reused': { status: 422, message: 'This Idempotency-Key was used for another request. Take a new key.' },
  'too-many-requests': { status: 429, message: 'Too many tries. Wait a moment and try again.' },
  'outcome-unknown': {
    status: 500,
    message: 'The connection to the database was lost just then: look whether it was done before you try again.',
  },
  busy: { status: 503, message: 'The market is very busy. Try again in a second.' },
} as const satisfies ErrorTable

export type KernelCode = keyof typeof kernelErrors
