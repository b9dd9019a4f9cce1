'use client'

import { useEffect, useState } from 'react'
import { call, createClient } from '#lib/api/client'
import type { TraderView } from '#lib/trader/schema'

const EVERY_MS = 2_000

const api = createClient()

/** The trader, asked for every 2 s while the page is looked at. `refusal`: why what is shown is not the newest. */
export function useTrader(initial: TraderView): { trader: TraderView; refusal: string | null } {
  const [trader, setTrader] = useState(initial)
  const [refusal, setRefusal] = useState<string | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    let isOver = false
    async function poll() {
      if (!document.hidden) {
        const answer = await call(api.admin.trader.$get())
        if (isOver) return
        if (answer.ok) setTrader(answer.value)
        setRefusal(answer.ok ? null : answer.message)
      }
      timer = setTimeout(() => void poll(), EVERY_MS)
    }
    timer = setTimeout(() => void poll(), EVERY_MS)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [])
  return { trader, refusal }
}
