/** A kind of queued work: what must happen, but not now. */
export interface Task<Payload = unknown> {
  readonly name: string
  /** Does it, within a minute; safe to repeat. A throw is tried again later, `maxAttempts` times in all. */
  run(payload: Payload): Promise<void>
  readonly maxAttempts: number
}
