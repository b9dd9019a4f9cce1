import type { UserRole } from '#prisma/enums'

/** What a token may be for; a session may do all of it. */
export const SCOPES = ['read', 'buy', 'sell', 'account', 'operate'] as const
export type Scope = (typeof SCOPES)[number]

/** Who is asking, read from the database at most a second ago. */
export interface Member {
  readonly userId: string
  /** The session of the browser that asks; null for a program with a token. */
  readonly sid: string | null
  /** The token of the program that asks; null for a browser. */
  readonly tokenId: string | null
  /** What that token may be used for; null where nothing limits it. */
  readonly scopes: readonly Scope[] | null
  readonly handle: string
  readonly name: string
  readonly email: string
  readonly role: UserRole
  /** The member's shop, if there is one. */
  readonly sellerId: string | null
  /** The member's cart, if there is one yet; it stays the same for good. */
  readonly cartId: string | null
}

/** A member as the statements read it: with whether it is time to note that the session or token was used. */
export interface MemberRow extends Member {
  readonly isUnnoted: boolean
}

export interface Credentials {
  readonly userId: string
  readonly passwordHash: string
}

/** One try to sign in. `address` is where it came from. */
export interface SignInAttempt {
  readonly login: string
  readonly password: string
  readonly address: string
}
