import { call, createClient } from '#lib/api/client'
import { wantedRooms } from './live-rooms.tsx'
import { notePolled, readStatus } from './live-status.tsx'
import { applyStock, knownVersions } from './stock-store.tsx'

const EVERY_MS = 5_000
/** The most one request may ask for. */
const IDS_PER_REQUEST = 100

const api = createClient()
let timer: ReturnType<typeof setTimeout> | null = null

/** Asks for the counts on the screen every 5 s for as long as the live connection is off. */
export function startPolling(): void {
  timer ??= setTimeout(() => void poll(), 0)
}

async function poll(): Promise<void> {
  if (readStatus().mode === 'off' && !document.hidden) await readStock()
  timer = null
  // A little apart from everyone else whose connection went at the same moment.
  if (readStatus().mode === 'off') timer = setTimeout(() => void poll(), EVERY_MS * (0.9 + Math.random() * 0.2))
}

async function readStock(): Promise<void> {
  const rooms = wantedRooms().filter((room) => room.startsWith('product:'))
  const variantIds = rooms.flatMap((room) => Object.keys(knownVersions(room.slice('product:'.length))))
  for (let from = 0; from < variantIds.length; from += IDS_PER_REQUEST) {
    const variantId = variantIds.slice(from, from + IDS_PER_REQUEST).join(',')
    const answer = await call(api.stock.$get({ query: { variantId } }))
    if (!answer.ok) return
    applyStock(answer.value.stock)
  }
  if (variantIds.length > 0) notePolled()
}
