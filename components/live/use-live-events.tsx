'use client'

import { useEffect, useEffectEvent } from 'react'
import type { LiveEvent } from '#lib/live/events'
import { listenToRoom } from './live-rooms.tsx'
import { isJoined, watchRoom } from './live-socket.tsx'

/**
 * Hears what happens in a room: `product:<id>`, `shop:<id>`, `user:<id>` or `seller:<id>`; with null nothing.
 * Events are not repeated: `onMissed` is called after a pause of the connection, when some may have been missed. What the server
 * rendered, or was asked for, is older than the room is heard: where `isRendered` it is called once for that too.
 */
export function useLiveEvents(
  room: string | null,
  handler: (event: LiveEvent) => void,
  onMissed?: () => void,
  { isRendered = false }: { isRendered?: boolean } = {},
): void {
  const onEvent = useEffectEvent(handler)
  const onBack = useEffectEvent(() => onMissed?.())
  useEffect(() => {
    if (!room) return
    const leave = watchRoom(room)
    let isOld = isRendered
    const renew = () => {
      if (isOld) onBack()
      isOld = false
    }
    const stop = listenToRoom(room, { onEvent: (event) => onEvent(event), onReturn: () => onBack(), onJoin: renew })
    if (isJoined(room)) renew()
    return () => {
      stop()
      leave()
    }
  }, [room, isRendered])
}
