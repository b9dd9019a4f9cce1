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

/** Where short messages appear. Mounted once by the root layout; say something with `toast('…')`. */
export function Toaster() {
  return <Sonner position="bottom-center" style={COLOURS} offset={24} />
}
