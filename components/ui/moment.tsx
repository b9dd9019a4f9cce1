/** A moment in words; the exact one is in the element. Days are UTC on server and browser alike. */
export function Moment({ at }: { at: string }) {
  const text = new Date(at).toLocaleString('en-IE', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
  return <time dateTime={at}>{text} UTC</time>
}

/** The same without the time of day. */
export function Day({ at }: { at: string }) {
  return <time dateTime={at}>{new Date(at).toLocaleDateString('en-IE', { dateStyle: 'long', timeZone: 'UTC' })}</time>
}
