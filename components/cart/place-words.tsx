import type { PlaceView } from '#lib/cart/schema'

/** Where a buyer stands in the line. */
export function placeWords({ ahead, wanted }: Pick<PlaceView, 'ahead' | 'wanted'>): string {
  // There was an offer: the rest is waited for until its time is over, and nobody is before.
  if (ahead === null) return wanted > 0 ? `You wait for ${wanted} more for a moment` : 'It is your turn'
  if (ahead === 0) return 'You are next'
  return ahead === 1 ? '1 buyer waits before you' : `${ahead} buyers wait before you`
}

/** What is offered. `of` names the thing where that is not plain from the place. */
export function offerWords(place: Pick<PlaceView, 'offer' | 'held'>, of = ''): string {
  const count = place.offer?.quantity ?? 0
  const pieces = `${count} ${place.held > 0 ? 'more ' : ''}${count === 1 ? 'piece' : 'pieces'}${of ? ` of ${of}` : ''}`
  return `${pieces} ${count === 1 ? 'is' : 'are'} set aside for you`
}

/** How many buyers are in the line, the viewer included who stands in it. */
export function waitingWords(waiting: number): string {
  if (waiting === 0) return 'Nobody waits yet'
  return waiting === 1 ? '1 buyer waits' : `${waiting} buyers wait`
}
