/**
 * What fields mean, and one real value of each: a description, or a description and an example.
 * An empty description leaves it to the general word, or to the field itself.
 */
export type Words = Readonly<Record<string, readonly [string] | readonly [string, unknown]>>
