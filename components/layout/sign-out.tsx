'use client'

import { toast } from '#components/ui/toaster'

/** Ends this session and goes home; the whole page is loaded anew so that nothing of the member stays in it. */
export async function signOut(): Promise<void> {
  try {
    const answer = await fetch('/api/auth/csrf')
    const { csrfToken } = (await answer.json()) as { csrfToken: string }
    await fetch('/api/auth/signout', { method: 'POST', body: new URLSearchParams({ csrfToken, json: 'true' }) })
    window.location.assign('/')
  } catch {
    toast.error('The market could not be reached, so you are still signed in. Please try again.')
  }
}
