'use client'

import { Toaster as Sonner } from 'sonner'

export { toast } from 'sonner'

const COLOURS = {
  '--normal-bg': 'var(--color-surface)',
  '--normal-text': 'var(--color-ink)',
  '--normal-border': 'var(--color-line)',
  '--border-radius': 'var(--radius-control)',
  fontFamily: 'inherit',
} as React.CSSProperties

/** As large as every other button: a finger must hit it. */
const ACTION = { height: '2.75rem', paddingInline: '1rem', fontSize: '0.875rem', fontWeight: 600 }

/** Where short messages appear. Mounted once by the root layout; say something with `toast('…')`. */
export function Toaster() {
  // All at full height: a button that another message covers cannot be pressed.
  return (
    <Sonner expand position="bottom-center" style={COLOURS} offset={24} toastOptions={{ actionButtonStyle: ACTION }} />
  )
}
