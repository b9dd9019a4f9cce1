import type { NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { env, isHttps } from '#lib/env'
import { log } from '#lib/log'
import { signIn } from './commands/sign-in.ts'
import { revokeSession, verifySession } from './commands/sessions.ts'
import { safeRedirect } from './rules.ts'
import { credentialsInput } from './schema.ts'
import { readSessionCookie, sessionCookieName, signingSecret } from './session-cookie.ts'
import { ADDRESS_HEADER } from './sign-in-limits.ts'

declare module 'next-auth' {
  interface User {
    sid: string
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    sub?: string
    sid?: string
    /** When this sign-in was, in seconds: next-auth renews the token's own times. */
    iat0?: number
  }
}

/**
 * How next-auth signs in: handle or e-mail and password, a token in a cookie that names a row in `session`.
 * Invariant: the token carries `sub`, `sid` and `iat0` and nothing that a browser sends ever gets into it; whether it
 * counts is decided by the row at each request.
 * Only Next's bundle may import this: in plain Node the package's defaults arrive wrapped.
 */
export function authOptions(): NextAuthOptions {
  return {
    secret: signingSecret(),
    session: { strategy: 'jwt', maxAge: env().SESSION_LIMIT_MS / 1000 },
    // Never next-auth's own error page, and never a `logger`: that would open an unauthenticated route to our log.
    pages: { signIn: '/sign-in', error: '/sign-in' },
    useSecureCookies: isHttps(),
    cookies: {
      sessionToken: {
        name: sessionCookieName(),
        options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps() },
      },
    },
    providers: [Credentials({ credentials: { login: { type: 'text' }, password: { type: 'password' } }, authorize })],
    callbacks: {
      // `session`, which `update()` would fill with whatever the browser sends, is not looked at.
      jwt: ({ token, user }) =>
        user?.sid
          ? { sub: user.id, sid: user.sid, iat0: Math.floor(Date.now() / 1000) }
          : { sub: token.sub, sid: token.sid, iat0: token.iat0 },
      session: async ({ session, token }) => {
        const member = token.sid ? await verifySession(token.sid) : null
        // An empty object is how next-auth says "nobody".
        return member ? { expires: session.expires, user: { name: member.name } } : ({} as typeof session)
      },
      redirect: ({ url, baseUrl }) => safeRedirect(url, baseUrl),
    },
    events: {
      signOut: async ({ token }) => {
        if (token.sub && token.sid) await revokeSession({ userId: token.sub, sid: token.sid })
      },
    },
  }
}

/**
 * next-auth puts the message of what is thrown here into an address, so nothing is thrown but our own codes:
 * `too-many-requests`, `busy`, `unexpected`. Wrong credentials are null, whatever was wrong with them.
 */
async function authorize(
  credentials: Record<'login' | 'password', string> | undefined,
  request: { headers?: Record<string, string | undefined> },
) {
  const input = credentialsInput.safeParse({ login: credentials?.login, password: credentials?.password })
  if (!input.success) return null
  const result = await signIn({
    ...input.data,
    address: request.headers?.[ADDRESS_HEADER] ?? 'unknown',
    userAgent: request.headers?.['user-agent'] ?? '',
  }).catch((error: unknown) => {
    log().error({ err: error }, 'sign-in failed')
    throw new Error('unexpected')
  })
  if (result.ok) {
    await endEarlierSession(request.headers?.cookie ?? null)
    return { id: result.value.userId, sid: result.value.sid }
  }
  if (result.refusal.code === 'wrong-credentials') return null
  throw new Error(result.refusal.code)
}

/** The cookie is about to be written over: the session it named could never be used again, only stolen. */
async function endEarlierSession(cookieHeader: string | null): Promise<void> {
  const sid = readSessionCookie(cookieHeader)
  const member = sid ? await verifySession(sid) : null
  if (sid && member) await revokeSession({ userId: member.userId, sid })
}
