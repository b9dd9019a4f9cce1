'use client'

import { Search } from 'lucide-react'
import Form from 'next/form'
import { useSearchParams } from 'next/navigation'

/** The search field; works without script too, and shows what was looked for on this page. */
export function SearchField() {
  const query = useSearchParams().get('q') ?? ''
  return (
    <Form action="/search" role="search" className="relative">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-3.5 size-5 -translate-y-1/2 text-muted"
      />
      <input
        key={query}
        type="search"
        name="q"
        aria-label="Search the market"
        placeholder="Search the market"
        defaultValue={query}
        maxLength={200}
        autoComplete="off"
        enterKeyHint="search"
        className="min-h-11 w-full rounded-full border border-line-strong bg-surface pr-4 pl-11 text-base transition placeholder:text-muted hover:border-ink/60"
      />
    </Form>
  )
}
