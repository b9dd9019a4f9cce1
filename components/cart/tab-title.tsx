'use client'

import { useEffect } from 'react'
import { useCart } from '#components/layout/cart-store'
import { useWaitlist } from '#components/layout/waitlist-store'
import { hearServerTime, serverTime } from '#components/live/server-clock'
import { SECOND_MS } from '#lib/time'
import { soonestOf, titleWords } from './title-words.tsx'

/**
 * While the tab is hidden its title counts down what runs out for the viewer; shown again, it has its own title. Draws nothing.
 * A browser lets a tab that is hidden for minutes work only once a minute: then the title is as late as that.
 */
export function TabTitle() {
  const cart = useCart()
  const waitlist = useWaitlist()
  const held = (cart?.lines ?? []).filter((line) => line.state === 'held')
  const holdUntil = soonestOf(held.map((line) => line.expiresAt))
  const offerUntil = soonestOf((waitlist?.places ?? []).flatMap((place) => place.offer?.until ?? []))
  const serverNow = cart?.serverNow ?? waitlist?.serverNow ?? null

  useEffect(() => {
    if (!holdUntil && !offerUntil) return
    if (serverNow) hearServerTime(serverNow)
    let own = document.title
    let shown: string | null = null
    const show = () => {
      // The page may have got another title of its own meanwhile.
      if (document.title !== shown) own = document.title
      shown = document.hidden ? titleWords({ holdUntil, offerUntil }, serverTime()) : null
      if (document.title !== (shown ?? own)) document.title = shown ?? own
    }
    show()
    const timer = setInterval(show, SECOND_MS)
    document.addEventListener('visibilitychange', show)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', show)
      if (document.title === shown) document.title = own
    }
  }, [holdUntil, offerUntil, serverNow])
  return null
}
