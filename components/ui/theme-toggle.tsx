'use client'

import { Moon, Sun } from 'lucide-react'
import { useLayoutEffect } from 'react'
import { Button } from './button.tsx'
import { THEME_COOKIE } from '#lib/pages/rules'

const YEAR_S = 365 * 24 * 60 * 60

/** Turns the light on or off, for this browser and for good. */
export function ThemeToggle() {
  // A page that the server could not draw comes without the script that does this before the first paint.
  useLayoutEffect(() => {
    const chosen = new RegExp(`(?:^|; )${THEME_COOKIE}=(light|dark)(?:;|$)`).exec(document.cookie)?.[1]
    if (chosen) document.documentElement.dataset.theme = chosen
  }, [])
  return (
    <Button variant="quiet" size="icon" aria-label="Switch between light and dark" onClick={toggleTheme}>
      <Sun
        aria-hidden
        className="hidden size-5 dark:block [:root[data-theme=dark]_&]:block [:root[data-theme=light]_&]:hidden"
      />
      <Moon
        aria-hidden
        className="size-5 dark:hidden [:root[data-theme=dark]_&]:hidden [:root[data-theme=light]_&]:block"
      />
    </Button>
  )
}

function toggleTheme(): void {
  const root = document.documentElement
  const system = window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  const theme = (root.dataset.theme ?? system) === 'dark' ? 'light' : 'dark'
  root.dataset.theme = theme
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_S}; samesite=lax`
}
