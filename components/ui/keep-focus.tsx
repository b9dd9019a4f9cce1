'use client'

import { useEffect, useRef, type ReactNode } from 'react'

interface KeepFocusProps {
  /** What is drawn at the moment; focus is kept when this changes. */
  part: string
  /** What the place is called, read aloud when focus comes to it. */
  label: string
  children: ReactNode
}

/**
 * A place whose content is replaced by what its own buttons do. The button that was pressed is gone then, and with it
 * the focus: it comes to the place itself, so that the next Tab goes on from there.
 */
export function KeepFocus({ part, label, children }: KeepFocusProps) {
  const place = useRef<HTMLDivElement>(null)
  const wasUsed = useRef(false)
  useEffect(() => {
    if (wasUsed.current && document.activeElement === document.body) place.current?.focus({ preventScroll: true })
    wasUsed.current = false
  }, [part])
  return (
    <div
      ref={place}
      role="group"
      aria-label={label}
      tabIndex={-1}
      onFocus={() => {
        wasUsed.current = true
      }}
    >
      {children}
    </div>
  )
}
