'use client'

import { nanoid } from 'nanoid'
import { useRef, useState } from 'react'
import type { Answer } from '#lib/api/client'

const SLOW_AFTER_MS = 1_500
const REPEAT_EVERY_MS = 1_000
const REPEATS = 60

/** Codes after which it is not known yet what became of the money: the same request is sent again with the same key. */
const UNDECIDED = new Set(['in-progress', 'offline', 'busy', 'unexpected', 'outcome-unknown'])

/** `slow`: the provider takes its time; `undecided`: nobody knew for so long that it was given up asking. */
export type RequestPhase = 'idle' | 'sending' | 'slow' | 'undecided'

/**
 * Moves money once. The key is made when somebody presses, and stays for every repeat of that request until it has an answer;
 * the next press after an answer is a new request with a new key. While one is undecided a press asks for that one again,
 * whatever it is given: another request could move the money twice.
 */
export function useKeyedRequest<T>() {
  const [phase, setPhase] = useState<RequestPhase>('idle')
  const pending = useRef<{ key: string; post: (key: string) => Promise<Answer<T>> } | null>(null)

  async function send(post: (key: string) => Promise<Answer<T>>): Promise<Answer<T>> {
    setPhase('sending')
    const slow = setTimeout(() => setPhase('slow'), SLOW_AFTER_MS)
    const request = (pending.current ??= { key: nanoid(), post })
    const answer = await repeat(() => request.post(request.key))
    const isDecided = answer.ok || !UNDECIDED.has(answer.code)
    if (isDecided) pending.current = null
    clearTimeout(slow)
    setPhase(isDecided ? 'idle' : 'undecided')
    return answer
  }

  return { send, phase }
}

async function repeat<T>(post: () => Promise<Answer<T>>): Promise<Answer<T>> {
  for (let left = REPEATS; ; left--) {
    const answer = await post()
    if (answer.ok || !UNDECIDED.has(answer.code) || left === 0) return answer
    await new Promise((resolve) => setTimeout(resolve, REPEAT_EVERY_MS))
  }
}
