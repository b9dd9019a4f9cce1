import NextAuth from 'next-auth'
import type { NextRequest } from 'next/server'
import { isOurOrigin } from '#lib/api/origin'
import { authOptions } from '#lib/auth/next-auth'

interface Context {
  params: Promise<{ nextauth: string[] }>
}

const FORM = 'application/x-www-form-urlencoded'
const BODY_BYTES = 16 * 1024

export function GET(request: NextRequest, context: Context): Promise<Response> {
  return answer(request, context)
}

/**
 * next-auth's own check compares a cookie with a field; a page of another site must not get as far as that.
 * Its client sends forms only; the JSON it would take as well is how a browser fills `update()`, which we do without.
 */
export async function POST(request: NextRequest, context: Context): Promise<Response> {
  const header = (name: string) => request.headers.get(name) ?? undefined
  if (!isOurOrigin(header('origin'), header('host'))) return new Response(null, { status: 403 })
  if (!header('content-type')?.startsWith(FORM)) return new Response(null, { status: 415 })
  const length = Number(header('content-length') ?? Number.NaN)
  if (!(length <= BODY_BYTES)) return new Response(null, { status: 413 })
  return answer(request, context)
}

/** The options are made per request: a build loads this file without any environment. */
async function answer(request: NextRequest, context: Context): Promise<Response> {
  const target = request.nextUrl.searchParams.get('callbackUrl') ?? '/'
  if (!/^(?:\/|https?:\/\/)/.test(target) || !URL.canParse(target, request.url))
    return new Response(null, { status: 400 })
  return (await NextAuth(request as never, context as never, authOptions())) as unknown as Response
}
