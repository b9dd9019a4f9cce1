/** When an order came in, in words; the exact moment is in the element. Days are UTC on server and browser alike. */
export function OrderMoment({ at }: { at: string }) {
  const text = new Date(at).toLocaleString('en-IE', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
  return <time dateTime={at}>{text} UTC</time>
}
