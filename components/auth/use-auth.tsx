'use client'

import { useRouter } from 'next/navigation'
import { signIn } from 'next-auth/react'
import { refreshCart } from '#components/layout/cart-store'
import { refreshSession } from '#components/layout/session'

const SENTENCES: Record<string, string> = {
  CredentialsSignin: 'The handle or e-mail address and the password do not fit together.',
  'too-many-requests': 'Too many tries. Wait a minute and try again.',
  busy: 'The market is very busy. Try again in a second.',
}

/** Signing in from a page: what the header and the cart show follows at once. */
export function useAuth() {
  const router = useRouter()

  /** Signs in and goes on to `next`. Resolves to a sentence when it was refused, else null. */
  async function enter(login: string, password: string, next: string): Promise<string | null> {
    const answer = await signIn('credentials', { login, password, redirect: false }).catch(() => undefined)
    if (!answer) return 'The market could not be reached. Check the connection and try again.'
    if (answer.error) return SENTENCES[answer.error] ?? 'Signing in did not work. Please try again.'
    // The first API call after a sign-in merges the visitor's cart; only then may the cart be read.
    await refreshSession()
    await refreshCart()
    router.push(next)
    router.refresh()
    return null
  }

  return { enter }
}
