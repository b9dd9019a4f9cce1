'use client'

import { useEffect } from 'react'

declare global {
  interface Window {
    /** Set by the script in the head of a page that was loaded, until it is called. */
    soukReady?: () => Promise<void>
  }
}

/** Stands last in the frame, whose effects run last: every button is heard now, so what was done before happens. */
export function Ready() {
  useEffect(() => {
    void window.soukReady?.()
  }, [])
  return null
}
