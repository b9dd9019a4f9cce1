'use client'

import { Search } from 'lucide-react'
import Form from 'next/form'
import { useSearchParams } from 'next/navigation'
import { useId, useRef } from 'react'
import { useSuggestions } from '#components/search/use-suggestions'
import { cn } from '#components/ui/cn'

/** The search field; works without script too, shows what was looked for on this page, and suggests titles as one types. */
export function SearchField() {
  const query = useSearchParams().get('q') ?? ''
  const field = useRef<HTMLInputElement>(null)
  const listId = useId()
  const { titles, active, onKeyDown, want, close } = useSuggestions(field, lookFor)
  const isOpen = titles.length > 0

  function lookFor(title: string): void {
    if (!field.current) return
    field.current.value = title
    field.current.form?.requestSubmit()
  }

  return (
    <Form action="/search" role="search" className="relative" onSubmit={close}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-3.5 size-5 -translate-y-1/2 text-muted"
      />
      <input
        key={query}
        ref={field}
        type="search"
        name="q"
        role="combobox"
        aria-label="Search the market"
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
        placeholder="Search the market"
        defaultValue={query}
        maxLength={200}
        autoComplete="off"
        enterKeyHint="search"
        onChange={(event) => want(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={close}
        className="min-h-11 w-full rounded-full border border-line-strong bg-surface pr-4 pl-11 text-base transition placeholder:text-muted hover:border-ink/60"
      />
      {isOpen ? (
        <ul
          id={listId}
          role="listbox"
          aria-label="Suggestions"
          className="absolute inset-x-0 top-full z-40 mt-2 max-h-[60dvh] animate-rise overflow-y-auto rounded-card border border-line bg-surface p-2 shadow-float"
        >
          {titles.map((title, index) => (
            <li
              key={title}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === active}
              ref={index === active ? bringIntoSight : undefined}
              // The field keeps the focus, or the list would be gone before the click.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => lookFor(title)}
              className={cn(
                'flex min-h-11 cursor-pointer items-center rounded-control px-3 wrap-anywhere transition hover:bg-sunken',
                index === active && 'bg-sunken',
              )}
            >
              {title}
            </li>
          ))}
        </ul>
      ) : null}
    </Form>
  )
}

function bringIntoSight(option: HTMLLIElement | null): void {
  option?.scrollIntoView({ block: 'nearest' })
}
