'use client'

import { useEffect, useState, type KeyboardEvent, type RefObject } from 'react'
import { call, createClient } from '#lib/api/client'
import { newSuggester } from './suggester.ts'

const api = createClient()

async function askForTitles(q: string): Promise<readonly string[]> {
  const answer = await call(api.search.suggestions.$get({ query: { q } }))
  return answer.ok ? answer.value.titles : []
}

interface Suggestions {
  readonly titles: readonly string[]
  /** The place in the list that Enter would take; -1 while that is what was typed. */
  readonly active: number
}

const NONE: Suggestions = { titles: [], active: -1 }

/**
 * What a list under a text field needs: the titles that go on as somebody types, and the keys of a combobox. The list is open
 * while there are titles; the focus stays in the field. Titles that come when nobody is in the field any more are not shown:
 * no blur would close their list.
 */
export function useSuggestions(field: RefObject<HTMLInputElement | null>, choose: (title: string) => void) {
  const [{ titles, active }, setSuggestions] = useState(NONE)
  const [suggester] = useState(() =>
    newSuggester(askForTitles, (found) => {
      const isThere = field.current !== null && field.current === document.activeElement
      setSuggestions(isThere ? { titles: found, active: -1 } : NONE)
    }),
  )
  useEffect(() => suggester.stop, [suggester])

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    // A word that is still being put together has its own list, with the same keys.
    if (event.nativeEvent.isComposing) return
    const { key, currentTarget } = event
    if (titles.length === 0) {
      if (key === 'ArrowDown') suggester.want(currentTarget.value)
      return
    }
    const title = titles[active]
    if (key === 'ArrowDown' || key === 'ArrowUp') setSuggestions({ titles, active: step(key, active, titles.length) })
    else if (key === 'Enter' && title !== undefined) choose(title)
    else if (key === 'Escape') suggester.stop()
    else return
    event.preventDefault()
  }

  return { titles, active, onKeyDown, want: suggester.want, close: suggester.stop }
}

/** Down and up through the list, round by way of the field itself. */
function step(key: 'ArrowDown' | 'ArrowUp', active: number, count: number): number {
  const places = count + 1
  return ((active + 1 + (key === 'ArrowDown' ? 1 : places - 1)) % places) - 1
}
