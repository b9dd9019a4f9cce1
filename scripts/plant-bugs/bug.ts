/** A bug that somebody might write one day, and the test that shall not let it pass. */
export interface Bug {
  readonly name: string
  /** What would happen to people. */
  readonly harm: string
  readonly edits: readonly Edit[]
  /** The fastest test file that fails of it, and of its tests those whose name has `only`. */
  readonly killer: Killer
}

/** A piece of source that stands in the file exactly once, and what takes its place. */
export interface Edit {
  readonly file: string
  readonly find: string
  readonly replace: string
}

export interface Killer {
  readonly file: string
  readonly only?: string
  /** Settings with which it takes no longer than it has to. */
  readonly env?: Readonly<Record<string, string>>
}
