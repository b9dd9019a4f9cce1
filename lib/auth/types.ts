import type { UserRole } from '#prisma/enums'

/** Who is asking, read from the database at most a second ago. */
export interface Member {
  readonly userId: string
  /** The session of the browser that asks; null for a program with a token. */
  readonly sid: string | null
  readonly handle: string
  readonly name: string
  readonly email: string
  readonly role: UserRole
  /** The member's shop, if there is one. */
  readonly sellerId: string | null
  /** The member's cart, if there is one yet; it stays the same for good. */
  readonly cartId: string | null
}

/** A member as the statements read it: with whether it is time to note that the session was used. */
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
