import { call, createClient } from '#lib/api/client'
import { wantedRooms } from './live-rooms.tsx'
import { notePolled, readStatus } from './live-status.tsx'
import { applyPrices } from './price-store.tsx'
import { applyStock } from './stock-store.tsx'

const EVERY_MS = 5_000
/** The most one request may ask for. */
const IDS_PER_REQUEST = 100

const api = createClient()
let timer: ReturnType<typeof setTimeout> | null = null

/** Asks for the counts and prices on the screen every 5 s for as long as the live connection is off. */
export function startPolling(): void {
  timer ??= setTimeout(() => void poll(), 0)
}

async function poll(): Promise<void> {
  if (readStatus().mode === 'off' && !document.hidden) await readFacts()
  timer = null
  // A little apart from everyone else whose connection went at the same moment.
  if (readStatus().mode === 'off') timer = setTimeout(() => void poll(), EVERY_MS * (0.9 + Math.random() * 0.2))
}

async function readFacts(): Promise<void> {
  const rooms = wantedRooms().filter((room) => room.startsWith('product:'))
  const productIds = rooms.map((room) => room.slice('product:'.length))
  for (let from = 0; from < productIds.length; from += IDS_PER_REQUEST) {
    const query = { productId: productIds.slice(from, from + IDS_PER_REQUEST).join(',') }
    const [counted, priced] = await Promise.all([call(api.stock.$get({ query })), call(api.prices.$get({ query }))])
    if (!counted.ok || !priced.ok) return
    applyStock(counted.value.stock)
    applyPrices(priced.value.prices)
  }
  if (productIds.length > 0) notePolled()
}
