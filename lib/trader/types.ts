/** One turn of one node as the trader. */
export interface Term {
  readonly epoch: number
  /** Whether it goes on, by this node's own clock: false a good while before another node can be elected. */
  isOurs(): boolean
  /** The fence said that it is over. */
  end(): void
}

/** Something the trader does again and again. */
export interface Duty {
  readonly name: string
  readonly periodMs: number
  /** Most that one run does; a run that did so many is followed by the next at once. */
  readonly batch: number
  /** One batch. Returns how many it did. Every transaction in it begins with the fence. */
  run(context: DutyContext): Promise<number>
}

export interface DutyContext {
  readonly epoch: number
  readonly batch: number
}

/** What became of a duty on this node, in its term. */
export interface DutyRecord {
  readonly name: string
  readonly ranAt: Date | null
  readonly succeededAt: Date | null
  readonly lagMs: number
  readonly tookMs: number
  readonly runs: number
  readonly done: number
  readonly failures: number
  /** Failures in a row. */
  readonly failing: number
  readonly lastError: string | null
  readonly failedAt: Date | null
}

/** Why a turn ended: given back; not renewed; or the same node lost touch, noticed, and was elected anew. */
export type TermEnd = 'released' | 'expired' | 'stepped_down'
