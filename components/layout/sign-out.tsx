'use client'

import { toast } from '#components/ui/toaster'

/** Ends this session and goes home; the whole page is loaded anew so that nothing of the member stays in it. */
export async function signOut(): Promise<void> {
  try {
    const answer = await fetch('/api/auth/csrf')
    const { csrfToken } = (await answer.json()) as { csrfToken: string }
    const body = new URLSearchParams({ csrfToken, json: 'true' })
    const left = await fetch('/api/auth/signout', { method: 'POST', body })
    if (!left.ok) throw new Error(`The sign-out was answered with ${left.status}.`)
    window.location.assign('/')
  } catch {
    toast.error('The market could not be reached, so you are still signed in. Please try again.')
  }
}
