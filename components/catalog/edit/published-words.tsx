/** What the API says of pieces that are new on sale; nothing of other changes. */
interface Placed {
  readonly published?: number
  readonly queued?: number
}

/** What became of new pieces; null when all of them went where they should and nothing needs saying. */
export function publishedWords({ published = 0, queued = 0 }: Placed): string | null {
  if (queued === 0) return null
  const waits = `${queued} ${queued === 1 ? 'waits' : 'wait'} in your publishing queue and ${queued === 1 ? 'goes' : 'go'} on sale by ${queued === 1 ? 'itself' : 'themselves'} when there is room`
  return published === 0
    ? `None is on sale yet, ${waits}.`
    : `${published} ${published === 1 ? 'is' : 'are'} on sale now, ${waits}.`
}
