'use client'

import { useEffect, useEffectEvent } from 'react'
import type { LiveEvent } from '#lib/live/events'
import { listenToRoom } from './live-rooms.tsx'
import { watchRoom } from './live-socket.tsx'

/**
 * Hears what happens in a room: `product:<id>`, `user:<id>` or `seller:<id>`; with null nothing.
 * Events are not repeated: `onReturn` is called after a pause of the connection, when some may have been missed.
 */
export function useLiveEvents(room: string | null, handler: (event: LiveEvent) => void, onReturn?: () => void): void {
  const onEvent = useEffectEvent(handler)
  const onBack = useEffectEvent(() => onReturn?.())
  useEffect(() => {
    if (!room) return
    const leave = watchRoom(room)
    const stop = listenToRoom(room, { onEvent: (event) => onEvent(event), onReturn: () => onBack() })
    return () => {
      stop()
      leave()
    }
  }, [room])
}
