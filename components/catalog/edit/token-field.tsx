'use client'

import { X } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'

interface TokenFieldProps {
  label: string
  hint?: string
  error?: string
  optional?: boolean
  /** What one of them is called, for the buttons: "keyword". */
  one: string
  tokens: readonly string[]
  max: number
  onChange: (tokens: string[]) => void
}

/** Several short words. Enter or a comma adds one; what is pasted with commas becomes several; leaving the field adds the rest. */
export function TokenField({ label, hint, error, optional, one, tokens, max, onChange }: TokenFieldProps) {
  const [text, setText] = useState('')

  function add(words: string) {
    const added = words
      .split(',')
      .map((word) => word.trim().replaceAll(/\s+/g, ' '))
      .filter(Boolean)
    const all = withoutTwins([...tokens, ...added]).slice(0, max)
    if (all.length !== tokens.length) onChange(all)
    setText('')
  }

  function press(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault()
      add(text)
    } else if (event.key === 'Backspace' && text === '' && tokens.length > 0) {
      onChange(tokens.slice(0, -1))
    }
  }

  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(control) => (
        <div className="grid gap-2">
          {tokens.length > 0 ? (
            <ul className="flex flex-wrap gap-1.5" aria-label={`${label}, chosen`}>
              {tokens.map((token) => (
                <li key={token} className="flex max-w-full items-center rounded-full bg-sunken pl-3.5">
                  <span className="truncate text-sm font-medium">{token}</span>
                  <button
                    type="button"
                    aria-label={`Remove ${one} ${token}`}
                    onClick={() => onChange(tokens.filter((each) => each !== token))}
                    className="grid size-9 shrink-0 place-items-center rounded-full transition hover:bg-line pointer-coarse:size-11"
                  >
                    <X aria-hidden className="size-4" />
                  </button>
                </li>
              ))}
            </ul>
          ) : null}
          <div className="flex gap-2">
            <Input
              {...control}
              value={text}
              autoComplete="off"
              enterKeyHint="done"
              disabled={tokens.length >= max}
              onChange={(event) =>
                event.target.value.includes(',') ? add(event.target.value) : setText(event.target.value)
              }
              onKeyDown={press}
              onBlur={() => add(text)}
            />
            <Button
              variant="secondary"
              disabled={text.trim() === ''}
              onClick={() => add(text)}
              aria-label={`Add ${one}`}
            >
              Add
            </Button>
          </div>
        </div>
      )}
    </Field>
  )
}

/** Blue and blue are one; the first spelling stays. */
function withoutTwins(words: readonly string[]): string[] {
  const seen = new Map(words.toReversed().map((word) => [word.toLowerCase(), word]))
  return [...new Map(words.map((word) => [word.toLowerCase(), seen.get(word.toLowerCase()) ?? word])).values()]
}
