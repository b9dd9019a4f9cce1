/** This moment as the server hands it to countdowns, which must not trust the browser's clock. Server components only. */
export function serverNow(): string {
  return new Date().toISOString()
}
