const SLOT = Symbol.for('souk.once')

type Slot = Map<string, unknown>

/**
 * Guarantees one value per process under a name, made at the first call.
 * The server and Next's bundle each load `lib/` for themselves, so a plain module variable would exist twice:
 * pools, batchers and the socket server live here instead.
 */
export function once<T>(name: string, make: () => T): T {
  const holder = globalThis as typeof globalThis & { [SLOT]?: Slot }
  const slot = (holder[SLOT] ??= new Map<string, unknown>())
  if (!slot.has(name)) slot.set(name, make())
  return slot.get(name) as T
}
